namespace Latchkey.PurchaseLinks;

/// <summary>
/// Whether the app has answered a link's return. One at a time may do so, and once one has, its answer stands for all who come later:
/// what the app does for a purchase happens once, however often, and on however many nodes, its user comes back.
/// </summary>
internal interface ILinkCompletionStore
{
    /// <summary>Asks to answer a link's return. Whoever claims once more what is his own holds it until the later moment.</summary>
    /// <param name="claimant">Whoever asks, unlike everybody else who may ask.</param>
    /// <param name="until">A claim that was not given back ends by itself then.</param>
    Task<LinkCompletion> ClaimAsync(string tenant, string link, string claimant, DateTimeOffset now, DateTimeOffset until, CancellationToken ct);

    /// <summary>Keeps a claim for longer.</summary>
    /// <returns>False when it is not the claimant's any more.</returns>
    Task<bool> RenewAsync(string tenant, string link, string claimant, DateTimeOffset until, CancellationToken ct);

    /// <summary>Stores the answer, for good.</summary>
    /// <param name="sealedAnswer">Under the tenant's data key.</param>
    /// <returns>True for whoever holds the claim, and for him once; false for everybody else.</returns>
    Task<bool> CompleteAsync(string tenant, string link, string claimant, byte[] sealedAnswer, DateTimeOffset now, CancellationToken ct);

    /// <summary>Gives a claim back without an answer, so that the next one may try at once.</summary>
    Task ReleaseAsync(string tenant, string link, string claimant, CancellationToken ct);
}
