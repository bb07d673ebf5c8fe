namespace Latchkey.Tenants;

/// <summary>Who did what, when.</summary>
/// <param name="Actor">The id of the token that was used, or <c>admin</c>.</param>
/// <param name="Action">For example <c>license.reveal</c>.</param>
/// <param name="Target">The id of what it was done to.</param>
internal sealed record AuditEntry(string Tenant, string Id, DateTimeOffset At, string Actor, string Action, string? Target);

internal interface IAuditStore
{
    Task AddAsync(AuditEntry entry, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(string tenant, string? before, int limit, CancellationToken ct);
}
