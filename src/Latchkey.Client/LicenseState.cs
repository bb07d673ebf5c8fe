namespace Latchkey.Client;

/// <summary>What the buyer may use now. Made from memory; never touches network or disk.</summary>
public sealed record LicenseState
{
    /// <summary>Whether the app is usable, and if not, why in general.</summary>
    public LicenseStatus Status { get; init; }

    /// <summary>The signed reason (one of <see cref="Contracts.Codes"/>) for a refusal or a limited right; else null.</summary>
    public string? Reason { get; init; }

    /// <summary>The tier's code; null unless usable.</summary>
    public string? Tier { get; init; }

    /// <summary>The tier's rank, higher is more; 0 unless usable.</summary>
    public int Rank { get; init; }

    /// <summary>Entitlement codes; empty unless usable.</summary>
    public IReadOnlyList<string> Entitlements { get; init; } = [];

    /// <summary>The end of the paid right (UTC), or null for a lifetime one. For showing; the server decides.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Whether this comes from a test purchase.</summary>
    public bool Test { get; init; }

    /// <summary>Whether the status is fresh or grace.</summary>
    public bool IsUsable => Status is LicenseStatus.Fresh or LicenseStatus.Grace;

    /// <summary>Whether this entitlement is among them.</summary>
    public bool Has(string entitlement) => Entitlements.Contains(entitlement, StringComparer.Ordinal);

    /// <summary>Equal in all parts; the entitlements are compared one by one.</summary>
    public bool Equals(LicenseState? other) => other is not null
        && (Status, Reason, Tier, Rank, EndsAt, Test) == (other.Status, other.Reason, other.Tier, other.Rank, other.EndsAt, other.Test)
        && Entitlements.SequenceEqual(other.Entitlements, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => (Status, Reason, Tier, Rank, EndsAt, Test).GetHashCode();
}
