namespace Latchkey.Licenses;

/// <summary>One occupied slot, bound to one device. Kept for ever; a released one can be revived by its device.</summary>
/// <param name="Seq">Of its latest lease; only ever rises.</param>
internal sealed record Activation(
    string Tenant,
    string License,
    string Id,
    string DeviceHash,
    string? Name,
    string? Platform,
    string? AppVersion,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? ReleasedAt,
    long Seq)
{
    public bool IsLive => ReleasedAt is null;
}
