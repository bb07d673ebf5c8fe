namespace Latchkey.Simulator.Api;

/// <summary>Codes that can be swapped for a token once, within ten minutes. Safe for concurrent use.</summary>
internal sealed class AuthorizationCodes(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Code> _codes = new(StringComparer.Ordinal);

    public string Make(string code, string applicationId, IReadOnlyList<string> scopes, string redirectUri)
    {
        lock (_gate)
        {
            _codes.Add(code, new Code(applicationId, scopes, redirectUri, time.GetUtcNow() + Life));
        }

        return code;
    }

    /// <summary>What the code grants; null when it is unknown, used, too old, another application's or for another address.</summary>
    public IReadOnlyList<string>? Take(string code, string applicationId, string? redirectUri)
    {
        lock (_gate)
        {
            return _codes.Remove(code, out var found)
                && found.ApplicationId == applicationId && found.RedirectUri == redirectUri && time.GetUtcNow() < found.ExpiresAt
                ? found.Scopes
                : null;
        }
    }

    private sealed record Code(string ApplicationId, IReadOnlyList<string> Scopes, string RedirectUri, DateTimeOffset ExpiresAt);
}
