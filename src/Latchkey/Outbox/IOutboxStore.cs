namespace Latchkey.Outbox;

/// <summary>Which positions of a tenant's outbox can still be read.</summary>
/// <param name="First">The earliest message's; one more than <paramref name="Last"/> when there is none.</param>
/// <param name="Last">The latest message's; 0 before the first.</param>
internal sealed record OutboxRange(long First, long Last)
{
    /// <summary>Everything after that position is still there, and the position was given by this outbox.</summary>
    public bool Covers(long position) => position >= First - 1 && position <= Last;
}

/// <summary>What has been written since somebody last looked.</summary>
/// <param name="Mark">Give it the next time. Only the store can read it.</param>
/// <param name="Tenants">Those with messages that were not there at the last mark; one too many does no harm.</param>
internal sealed record OutboxNews(string Mark, IReadOnlyList<string> Tenants);

/// <param name="Position">Up to which a consumer has handled everything.</param>
internal sealed record OutboxPlace(string Tenant, long Position);

/// <summary>
/// Messages in the order of their positions. Whatever a store does to give positions, it shows a message only once every earlier position
/// of its tenant is shown or will never be: so whoever has read up to 10 misses nothing by asking for what comes after 10.
/// </summary>
internal interface IOutboxStore
{
    /// <summary>Messages of a tenant after a position, in order.</summary>
    Task<IReadOnlyList<OutboxMessage>> ReadAsync(string tenant, long after, int limit, CancellationToken ct);

    Task<OutboxRange> RangeAsync(string tenant, CancellationToken ct);

    /// <summary>Where the message with that key stands; null when there is none.</summary>
    Task<long?> PositionOfAsync(string tenant, string key, CancellationToken ct);

    /// <summary>Tenants written to since the mark, and the mark of now; no tenants when there is no mark yet.</summary>
    Task<OutboxNews> NewsAsync(string? mark, CancellationToken ct);

    /// <summary>
    /// Makes a consumer known. The first time it begins behind what is there; tenants that come later it reads from their first message.
    /// </summary>
    Task BeginAsync(string consumer, CancellationToken ct);

    /// <summary>
    /// Claims tenants with messages a known consumer has not handled, those that have waited longest first: until the claim ends, they are
    /// this node's alone to work on. A claim lasts 30 s from when it was made or last kept.
    /// </summary>
    /// <param name="held">What the node works on for the consumer already; it is not given again.</param>
    /// <param name="limit">At most so many.</param>
    /// <returns>Where the consumer stands in each.</returns>
    Task<IReadOnlyList<OutboxPlace>> ClaimAsync(string consumer, IReadOnlyCollection<string> held, int limit, CancellationToken ct);

    /// <summary>Makes claims last another 30 s, even those that have ended as long as nobody else has made them.</summary>
    /// <returns>Which of them are still this node's.</returns>
    Task<IReadOnlyCollection<string>> KeepAsync(string consumer, IReadOnlyCollection<string> tenants, CancellationToken ct);

    /// <summary>The consumer has handled everything of the tenant up to the position. The claim stays.</summary>
    /// <returns>False when the claim is lost; then nothing is changed.</returns>
    Task<bool> MoveAsync(string consumer, OutboxPlace place, CancellationToken ct);

    /// <summary>Ends claims: other nodes may work on those tenants at once, from these positions on. What is not this node's is left alone.</summary>
    Task GiveBackAsync(string consumer, IReadOnlyCollection<OutboxPlace> places, CancellationToken ct);
}
