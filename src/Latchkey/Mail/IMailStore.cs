namespace Latchkey.Mail;

internal interface IMailStore
{
    /// <summary>
    /// Takes up to <paramref name="limit"/> new <c>license.issued</c> messages from the outbox of every tenant and owes a mail for what was
    /// issued together, once per license and template, moving the place up to which was read in the same transaction.
    /// </summary>
    /// <returns>How many messages were read.</returns>
    Task<int> OweFromOutboxAsync(int limit, DateTimeOffset now, CancellationToken ct);

    /// <summary>Owes one more mail for a license.</summary>
    /// <returns>False when the same is owed already.</returns>
    Task<bool> OweAsync(OwedMail mail, CancellationToken ct);

    /// <summary>Waiting mails that are due, earliest first, of all tenants. They are claimed: for a minute no other node is given them.</summary>
    Task<IReadOnlyList<OwedMail>> DueAsync(DateTimeOffset now, int limit, CancellationToken ct);

    /// <summary>To be asked before a mail is sent. Makes its claim last another minute.</summary>
    /// <returns>False when another node has taken it over.</returns>
    Task<bool> KeepAsync(OwedMail mail, CancellationToken ct);

    /// <summary>Notes what came of it and ends the claim. Changes nothing once another node has taken it over.</summary>
    Task UpdateAsync(OwedMail mail, CancellationToken ct);

    /// <summary>In order of creation.</summary>
    Task<IReadOnlyList<OwedMail>> ListAsync(string tenant, MailState? state, string? after, int limit, CancellationToken ct);

    Task<DateTimeOffset?> LastOwedAsync(string tenant, string license, CancellationToken ct);
}
