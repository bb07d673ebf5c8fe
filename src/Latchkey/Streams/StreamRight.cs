using Latchkey.Tenants;

namespace Latchkey.Streams;

/// <summary>By what right a stream is open. It is looked at with every heartbeat, so that what is taken back ends soon.</summary>
/// <param name="Token">The API token's id; null for the admin and for subject tokens.</param>
/// <param name="EndsAt">When a subject token ends.</param>
internal sealed record StreamRight(string? Token, DateTimeOffset? EndsAt)
{
    public bool HoldsAt(DateTimeOffset now, TenantContext tenant) =>
        (EndsAt is not { } end || now < end) && (Token is null || tenant.Tokens.Any(t => t.Id == Token && t.IsLiveAt(now)));
}
