namespace Latchkey.Outbox;

internal interface IOutboxStore
{
    /// <summary>Messages of a tenant after a position, in order.</summary>
    Task<IReadOnlyList<OutboxMessage>> ReadAsync(string tenant, long after, int limit, CancellationToken ct);
}
