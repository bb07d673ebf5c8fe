using System.Net;
using System.Net.Mail;
using System.Text;

namespace Latchkey.Mail;

/// <summary>SMTP by the base class library. MailKit, the better client, stands behind the same interface once it can be had: docs/adr/0008.</summary>
internal sealed class SmtpTransport(SmtpOptions options) : IMailTransport
{
    private const int TimeoutMs = 20_000;

    public bool IsSet => options.Host is not null;

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        using var client = new SmtpClient(options.Host, options.Port)
        {
            EnableSsl = options.Security == "starttls",
            Timeout = TimeoutMs,
            Credentials = options.User is { } user ? new NetworkCredential(user, options.Password) : null,
        };
        using var message = new MailMessage(new MailAddress(mail.From ?? options.From!), new MailAddress(mail.To))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };
        await client.SendMailAsync(message, ct).WaitAsync(TimeSpan.FromMilliseconds(TimeoutMs), ct);
    }
}
