namespace Latchkey.Mail;

internal enum MailState
{
    /// <summary>To be sent; waits for a server where none is set.</summary>
    Waiting,
    Sent,

    /// <summary>Given up after repeated refusals.</summary>
    Failed,
}

/// <summary>A mail that is owed: once per license and template. Its text is made when it is sent and never kept.</summary>
/// <param name="Template">One of <see cref="MailTemplates"/>; a resend has a number behind it.</param>
/// <param name="LastError">Why the last attempt failed, without addresses.</param>
internal sealed record OwedMail(
    string Tenant,
    string Id,
    string License,
    string Template,
    MailState State,
    int Attempts,
    DateTimeOffset DueAt,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt);

internal static class MailTemplates
{
    public const string LicenseKey = "license_key";
}
