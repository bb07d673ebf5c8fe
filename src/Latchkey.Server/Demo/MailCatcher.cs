using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Latchkey.Mail;

namespace Latchkey.Server.Demo;

/// <summary>Takes the demo's mails instead of a mail server: shows them on a page and keeps them as files.</summary>
internal sealed class MailCatcher(string directory) : IMailTransport
{
    private readonly ConcurrentQueue<OutgoingMail> _mails = new();

    public bool IsSet => true;

    public IReadOnlyList<OutgoingMail> Mails => [.. _mails];

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        Directory.CreateDirectory(directory);
        _mails.Enqueue(mail);
        var file = Path.Combine(directory, _mails.Count.ToString("0000", CultureInfo.InvariantCulture) + ".txt");
        await File.WriteAllTextAsync(file, $"To: {mail.To}\nSubject: {mail.Subject}\n\n{mail.Text}\n", ct);
    }

    public void MapPage(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mails", () => Results.Content(Page(), "text/html; charset=utf-8")).ExcludeFromDescription();
        routes.MapGet("/favicon.ico", () => Results.NoContent()).ExcludeFromDescription(); // browsers ask for one, and report a 404 as an error of the page
    }

    private string Page()
    {
        var mails = _mails.Reverse().Select(m =>
            $"<article><h2>{WebUtility.HtmlEncode(m.Subject)}</h2><p>to {WebUtility.HtmlEncode(m.To)}</p><pre>{WebUtility.HtmlEncode(m.Text)}</pre></article>");
        return $$"""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mails</title>
            <meta http-equiv="refresh" content="3">
            <style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}h1{font-size:1.6rem}h2{font-size:1.15rem}article{border:1px solid #8886;border-radius:8px;padding:0 1rem;margin:1rem 0}pre{font-size:.875rem;white-space:pre-wrap}</style>
            <h1>Mails to buyers</h1>{{(_mails.IsEmpty ? "<p>None yet. Buy something at the simulated Gumroad.</p>" : string.Concat(mails))}}</html>
            """;
    }
}
