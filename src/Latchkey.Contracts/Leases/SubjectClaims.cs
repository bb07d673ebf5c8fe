namespace Latchkey.Contracts.Leases;

/// <summary>What a subject token says: whoever brings it may read what one subject may do, and hear of its changes. Times are Unix seconds.</summary>
public sealed record SubjectClaims
{
    /// <summary>The only <c>aud</c> there is: reading entitlements.</summary>
    public const string Audience = "entitlements";

    /// <summary>The tenant's issuer address.</summary>
    public required string Iss { get; init; }

    /// <summary>What it is good for: <see cref="Audience"/>.</summary>
    public required string Aud { get; init; }

    /// <summary>The subject: <c>user:…</c> or <c>email:…</c>.</summary>
    public required string Sub { get; init; }

    /// <summary>Issued at.</summary>
    public required long Iat { get; init; }

    /// <summary>Good until; at most ten minutes after <see cref="Iat"/>.</summary>
    public required long Exp { get; init; }
}
