namespace Latchkey.Inbox;

/// <summary>What storing an entry came to.</summary>
/// <param name="Id">Of the stored entry; of the first one, when this was an exact repeat.</param>
internal readonly record struct Receipt(string Id, bool Duplicate);

/// <summary>The store cannot take it now; nothing was promised. The caller answers 503.</summary>
internal sealed class StoreBusyException(string message, Exception? inner = null) : Exception(message, inner);

internal interface IInboxStore
{
    /// <summary>
    /// Stores an entry durably, together with others that wait (group commit). An exact repeat raises the first one's
    /// last sight and count and makes its purchase due again.
    /// </summary>
    /// <exception cref="StoreBusyException">It could not be stored, or not in time.</exception>
    Task<Receipt> AppendAsync(Entry entry);

    Task<Entry?> FindAsync(string tenant, string id, CancellationToken ct);

    /// <summary>Entries in order of arrival. Our own notes, those that are baked, of links and of redemptions, are not listed.</summary>
    Task<IReadOnlyList<Entry>> ListAsync(string tenant, EntryStatus? status, string? after, int limit, CancellationToken ct);

    /// <summary>All entries of a purchase in order of arrival, baked ones too.</summary>
    Task<IReadOnlyList<Entry>> ListByPurchaseAsync(string tenant, string purchase, CancellationToken ct);

    /// <summary>Makes an entry due to be folded again.</summary>
    /// <returns>False when there is no such entry.</returns>
    Task<bool> ReplayAsync(string tenant, string id, CancellationToken ct);
}
