namespace Latchkey.Tenants;

/// <summary>A request that was made with an <c>Idempotency-Key</c>. Kept for 24 hours.</summary>
/// <param name="Tenant">The tenant, or empty for the installation.</param>
/// <param name="Scope">Credential and route: the same key elsewhere is another request.</param>
/// <param name="RequestHash">Tells another request under the same key apart.</param>
/// <param name="Status">The HTTP status answered; null while the first request is still at work.</param>
/// <param name="ResourceId">The id of what was made.</param>
internal sealed record IdempotencyRecord(string Tenant, string Scope, string Key, byte[] RequestHash, int? Status, string? ResourceId, DateTimeOffset CreatedAt);

internal interface IIdempotencyStore
{
    /// <summary>Reserves a key.</summary>
    /// <returns>
    /// Null when it was free and is reserved now; else what stands there. A key is free again after 24 hours,
    /// and a minute after it was reserved by a request that never came to its end.
    /// </returns>
    Task<IdempotencyRecord?> ReserveAsync(IdempotencyRecord record, CancellationToken ct);

    Task CompleteAsync(IdempotencyRecord record, CancellationToken ct);

    /// <summary>Gives a reserved key back after a request that made nothing.</summary>
    Task ReleaseAsync(IdempotencyRecord record, CancellationToken ct);
}
