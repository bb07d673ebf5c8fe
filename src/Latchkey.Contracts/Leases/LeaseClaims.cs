namespace Latchkey.Contracts.Leases;

/// <summary>What a lease says. The names are those of the claims; times are Unix seconds.</summary>
public sealed record LeaseClaims
{
    /// <summary>The version of the claims; 1.</summary>
    public int V { get; init; } = 1;

    /// <summary>The tenant's issuer address.</summary>
    public required string Iss { get; init; }

    /// <summary>The product.</summary>
    public required string Aud { get; init; }

    /// <summary>The license id.</summary>
    public required string Sub { get; init; }

    /// <summary>The activation id.</summary>
    public string? Act { get; init; }

    /// <summary>The key hash: see <c>LicenseKey.Hash</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The device hash.</summary>
    public required string Dev { get; init; }

    /// <summary>Rises with every lease of this activation.</summary>
    public required long Seq { get; init; }

    /// <summary>Issued at.</summary>
    public required long Iat { get; init; }

    /// <summary>A refresh is wanted from this moment.</summary>
    public required long Rfr { get; init; }

    /// <summary>Fresh until.</summary>
    public required long Exp { get; init; }

    /// <summary>Usable until: the end of grace.</summary>
    public required long Grc { get; init; }

    /// <summary>The end of the paid right, or null for a lifetime one. For showing; a client never ends access by it.</summary>
    public long? Pxp { get; init; }

    /// <summary>One of <see cref="LeaseStates"/>.</summary>
    public required string St { get; init; }

    /// <summary>The reason (one of <see cref="Codes"/>) for every state but active and trial, else null.</summary>
    public string? Rsn { get; init; }

    /// <summary>The tier's code.</summary>
    public string? Tier { get; init; }

    /// <summary>The tier's rank: higher is more.</summary>
    public int Rank { get; init; }

    /// <summary>Entitlement codes. Written unique and in ordinal order, whatever the order here.</summary>
    public IReadOnlyList<string> Ent { get; init; } = [];

    /// <summary>True for a test purchase.</summary>
    public bool Test { get; init; }

    /// <summary>The client's nonce, or null for a lease that travels as a file.</summary>
    public string? Non { get; init; }
}
