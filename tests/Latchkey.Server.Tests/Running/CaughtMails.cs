using System.Collections.Concurrent;
using Latchkey.Mail;

namespace Latchkey.Server.Tests.Running;

/// <summary>Takes the place of a mail server.</summary>
internal sealed class CaughtMails : IMailTransport
{
    private readonly ConcurrentQueue<OutgoingMail> _mails = new();

    /// <summary>Asked before each mail; an exception is a mail server that refuses.</summary>
    public Action<OutgoingMail> Before { get; set; } = _ => { };

    public bool IsSet => true;

    public IReadOnlyList<OutgoingMail> To(string address) => [.. _mails.Where(m => m.To == address)];

    public Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        Before(mail);
        _mails.Enqueue(mail);
        return Task.CompletedTask;
    }
}
