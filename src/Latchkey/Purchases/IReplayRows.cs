using Latchkey.Tenants;

namespace Latchkey.Purchases;

/// <summary>A tenant's rows, as a replay reads and mends them.</summary>
internal interface IReplayRows
{
    /// <summary>The next purchases that have entries or rows, each folded once more, all read at one moment.</summary>
    /// <param name="after">The last one of the page before.</param>
    /// <returns>Null when the tenant's settings have changed.</returns>
    Task<IReadOnlyList<Replayed>?> ReadAsync(TenantContext tenant, string after, CancellationToken ct);

    /// <summary>Puts right what differs, unless it was folded meanwhile: then it is right as it is.</summary>
    /// <returns>False when nothing was written because the settings have changed.</returns>
    Task<bool> MendAsync(TenantContext tenant, IReadOnlyList<Replayed> page, CancellationToken ct);

    /// <summary>Looks for computed rows that no purchase leads to.</summary>
    /// <param name="swap">Puts right what is found.</param>
    Task FindStraysAsync(bool swap, Action<ReplayDifference> differs, CancellationToken ct);
}
