namespace Latchkey.Mail;

/// <summary>A mail ready to go.</summary>
/// <param name="From">The sender; the transport's own when null.</param>
internal sealed record OutgoingMail(string? From, string To, string Subject, string Text);

/// <summary>How mails leave. In <c>demo</c> a catcher, else SMTP.</summary>
internal interface IMailTransport
{
    /// <summary>False while no server is set: mails wait, and are listed as waiting.</summary>
    bool IsSet { get; }

    /// <exception cref="Exception">The mail did not go out; it is tried again.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken ct);
}
