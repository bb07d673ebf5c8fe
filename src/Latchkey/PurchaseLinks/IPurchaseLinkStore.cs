using Latchkey.Inbox;

namespace Latchkey.PurchaseLinks;

internal interface IPurchaseLinkStore
{
    Task AddAsync(PurchaseLink link, CancellationToken ct);

    Task<PurchaseLink?> FindAsync(string tenant, string id, CancellationToken ct);

    /// <summary>In order of creation.</summary>
    /// <param name="state">Null for all.</param>
    Task<IReadOnlyList<PurchaseLink>> ListAsync(string tenant, LinkState? state, string? after, int limit, CancellationToken ct);

    /// <summary>Those whose code or product could not be taken away from Gumroad so far, though it was tried, in order of creation.</summary>
    Task<IReadOnlyList<PurchaseLink>> ListNotRemovedAsync(string tenant, string? after, int limit, CancellationToken ct);

    /// <summary>Stores a changed link, with its version raised. The data that its app gave with it never changes.</summary>
    /// <param name="link">As read, with its changes.</param>
    /// <returns>False when it was changed by somebody else since it was read: read it again.</returns>
    Task<bool> UpdateAsync(PurchaseLink link, CancellationToken ct);

    /// <summary>
    /// Stores a changed link as <see cref="UpdateAsync"/> does and, in the same transaction, the seller's note that a purchase is its own;
    /// the purchase is then folded again.
    /// </summary>
    /// <param name="note">An entry with source redemption.</param>
    Task<bool> AcceptAsync(PurchaseLink link, Entry note, CancellationToken ct);

    /// <summary>
    /// Links whose chore is due, for this node alone until <paramref name="until"/>: they come back with that as the moment when the chore
    /// is due again, and with their version raised. Whoever has done the chore stores the link without it.
    /// </summary>
    Task<IReadOnlyList<PurchaseLink>> ClaimDueAsync(DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken ct);
}
