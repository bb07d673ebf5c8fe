namespace Latchkey.Tenants;

/// <summary>What a token opens.</summary>
internal enum TokenKind
{
    /// <summary>The secret in a ping address.</summary>
    Ping,

    /// <summary>A bearer token of the seller's backend.</summary>
    Api,
}

/// <summary>A token as it is kept: its hash, never its text.</summary>
/// <param name="Scopes">For API tokens, of <see cref="Tenants.Scopes"/>; empty for ping tokens.</param>
internal sealed record AccessToken(
    string Id,
    TokenKind Kind,
    byte[] Hash,
    string Label,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt)
{
    public bool IsLiveAt(DateTimeOffset now) => ExpiresAt is not { } end || now < end;
}

/// <summary>What an API token may do.</summary>
internal static class Scopes
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Licenses = "licenses";
    public const string Links = "links";
    public const string PingKeys = "pings:keys";
    public const string Streams = "streams";

    public static IReadOnlyList<string> All { get; } = [Read, Write, Licenses, Links, PingKeys, Streams];
}
