using System.Security.Cryptography;
using Latchkey.Keys;

namespace Latchkey.Tenants;

/// <summary>Decides whether a token opens a tenant. Takes the same work for every way of being wrong.</summary>
internal static class Credentials
{
    private const int LongestToken = 200;

    /// <returns>The token as it is kept, or null when it opens nothing.</returns>
    public static AccessToken? Match(TenantContext? tenant, TokenKind kind, string? presented, DateTimeOffset now)
    {
        var hash = Ids.HashOf(presented is { Length: <= LongestToken } ? presented : string.Empty);
        AccessToken? matched = null;
        foreach (var token in tenant?.Tokens ?? [])
        {
            if (CryptographicOperations.FixedTimeEquals(token.Hash, hash) && token.Kind == kind && token.IsLiveAt(now))
            {
                matched = token;
            }
        }

        return matched;
    }
}
