namespace Latchkey.Handlers;

/// <summary>Something happened to a license. What it says of the license is as it is now, not as it was at the event.</summary>
public sealed class LicenseEvent : LatchkeyEvent
{
    internal LicenseEvent()
    {
    }

    /// <summary>The license's id. Its key is not here: the mail brings it, and <c>POST /licenses/ID/reveal</c> shows it.</summary>
    public required string License { get; init; }

    /// <summary>The purchase's id.</summary>
    public required string Purchase { get; init; }

    /// <summary>The product's id.</summary>
    public required string Product { get; init; }

    /// <summary>The key type's id.</summary>
    public required string KeyType { get; init; }

    /// <summary>The tier; null when the key type has none.</summary>
    public required string? Tier { get; init; }

    /// <summary>What the app may do with it while it is usable.</summary>
    public required IReadOnlyList<string> Entitlements { get; init; }

    /// <summary>The buyer's address, or of a gift the receiver's; null when Gumroad named none. Personal: keep it out of logs.</summary>
    public required string? Email { get; init; }

    /// <summary>A purchase of the seller's own, made to try things out.</summary>
    public required bool IsTest { get; init; }

    /// <summary>Why, as a code, for example of a suspension <c>refunded</c>; null when there is nothing to say.</summary>
    public required string? Reason { get; init; }

    /// <summary>For <c>activation.created</c> and <c>activation.released</c>, the activation's id; else null.</summary>
    public required string? Activation { get; init; }
}
