namespace Latchkey.Contracts.Leases;

/// <summary>What a purchase result says: what became of one purchase link, to the app whose user comes back. Times are Unix seconds.</summary>
public sealed record PurchaseResultClaims
{
    /// <summary>The tenant's issuer address.</summary>
    public required string Iss { get; init; }

    /// <summary>For whom it is: the origin of the link's return address.</summary>
    public required string Aud { get; init; }

    /// <summary>Whose purchase the link is for: <c>user:…</c> or <c>email:…</c>; null when it was made for nobody in particular.</summary>
    public required string? Sub { get; init; }

    /// <summary>The link.</summary>
    public required string Link { get; init; }

    /// <summary>The purchase that redeemed the link; null when none did.</summary>
    public required string? Purchase { get; init; }

    /// <summary><c>redeemed</c>, or else <c>open</c>, <c>held</c>, <c>expired</c> or <c>cancelled</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it is not redeemed, or <c>refunded</c>; null when it is redeemed and stands.</summary>
    public required string? Reason { get; init; }

    /// <summary>Issued at.</summary>
    public required long Iat { get; init; }

    /// <summary>Good until; ten minutes after <see cref="Iat"/>.</summary>
    public required long Exp { get; init; }

    /// <summary>The same for one outcome, however often its user comes back: what to do once by.</summary>
    public required string Jti { get; init; }
}
