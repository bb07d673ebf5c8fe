using Latchkey.Outbox;

namespace Latchkey.Licenses;

/// <summary>A license found by one of its keys.</summary>
internal sealed record KeyMatch(License License, LicenseKeyRow Key);

/// <summary>What a decision about a license's slots is made on, read under the license's lock.</summary>
/// <param name="License">As it stands now; null when a replay has dropped it.</param>
/// <param name="ByDevice">The activation of the asking device, live or released.</param>
/// <param name="ById">The activation that the request names, if it names one and it is this license's.</param>
/// <param name="Live">How many slots are taken.</param>
/// <param name="ReleasesSince">How many releases by buyer or app there were in the last 30 days, and when the earliest of them was.</param>
internal sealed record Slots(License? License, Activation? ByDevice, Activation? ById, int Live, IReadOnlyList<DateTimeOffset> ReleasesSince);

/// <summary>What a decision changes. Committed with it, or not at all.</summary>
internal sealed record SlotDecision<T>(T Result, Activation? Changed = null, OutboxMessage? Message = null, bool CountsAsRelease = false);

internal interface ILicenseStore
{
    /// <summary>All licenses that one of these keys opens; a foreign key may open several.</summary>
    Task<IReadOnlyList<KeyMatch>> FindByKeyAsync(string tenant, byte[] lookup, CancellationToken ct);

    Task<License?> FindAsync(string tenant, string license, CancellationToken ct);

    Task<IReadOnlyList<LicenseKeyRow>> KeysAsync(string tenant, string license, CancellationToken ct);

    /// <summary>In order of creation.</summary>
    Task<IReadOnlyList<License>> ListAsync(string tenant, LicenseFilter filter, string? after, int limit, CancellationToken ct);

    /// <summary>
    /// The first license of each purchase that may have been granted with a key type: those that have it, and memberships of its
    /// product, which may have had it. In order of their ids.
    /// </summary>
    Task<IReadOnlyList<License>> ListGrantedAsync(string tenant, string product, string keyType, string? after, int limit, CancellationToken ct);

    /// <summary>How many slots each of these licenses has taken.</summary>
    Task<IReadOnlyDictionary<string, int>> LiveCountsAsync(string tenant, IReadOnlyCollection<string> licenses, CancellationToken ct);

    /// <summary>Activations of a license in order of creation, live ones only when asked.</summary>
    Task<IReadOnlyList<Activation>> ActivationsAsync(string tenant, string license, bool liveOnly, string? after, int limit, CancellationToken ct);

    /// <summary>
    /// Reads the slots under the license's lock, lets <paramref name="decide"/> (which must be quick and pure) decide, and commits what it changed.
    /// </summary>
    Task<T> DecideAsync<T>(string tenant, string license, string? deviceHash, string? activationId, DateTimeOffset now, Func<Slots, SlotDecision<T>> decide, CancellationToken ct);
}

internal sealed record LicenseFilter(string? Email = null, string? Purchase = null, byte[]? KeyLookup = null, string? Subject = null);
