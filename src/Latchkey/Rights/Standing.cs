namespace Latchkey.Rights;

internal enum LicenseState
{
    Pending,
    Active,
    Trial,
    Suspended,
    Revoked,
    Expired,
    Ended,

    /// <summary>After its end, with the entitlements that its key type keeps.</summary>
    Limited,
}

/// <summary>What a license rests on: enough to say at any moment, by time alone, whether it is usable.</summary>
/// <param name="Holds">Named reasons why it is blocked now, of <see cref="HoldNames"/>.</param>
/// <param name="StartsAt">When the right begins.</param>
/// <param name="EndsAt">When it ends by time alone; null for a lasting one.</param>
internal sealed record Terms(IReadOnlyList<string> Holds, DateTimeOffset StartsAt, DateTimeOffset? EndsAt, bool IsSubscription)
{
    /// <summary>Until when it is a free trial.</summary>
    public DateTimeOffset? TrialEndsAt { get; init; }

    /// <summary>From when it lives on billing grace.</summary>
    public DateTimeOffset? GraceFrom { get; init; }

    /// <summary>What may still be used after the end; null when nothing may.</summary>
    public IReadOnlyList<string>? KeptAfterEnd { get; init; }
}

internal static class HoldNames
{
    public const string Manual = "manual";
    public const string Abuse = "abuse";
    public const string Refund = "refund";
    public const string Dispute = "dispute";
}

/// <summary>What is reported of a license: the first that applies. See the licensing rules, 6.1.</summary>
/// <param name="LeaseState">The <c>st</c> of its leases.</param>
/// <param name="Reason">The code of a refusal; null while usable.</param>
/// <param name="InGrace">Usable, though what is paid has passed.</param>
internal sealed record Standing(LicenseState State, string LeaseState, string? Reason, bool InGrace = false)
{
    public bool IsUsable => State is LicenseState.Active or LicenseState.Trial;

    public static Standing At(Terms terms, DateTimeOffset now)
    {
        if (terms.Holds.Contains(HoldNames.Manual))
        {
            return new(LicenseState.Suspended, "suspended", "blocked_by_seller");
        }

        if (terms.Holds.Contains(HoldNames.Abuse))
        {
            return new(LicenseState.Revoked, "revoked", "abuse");
        }

        if (terms.Holds.Contains(HoldNames.Refund))
        {
            return new(LicenseState.Revoked, "revoked", "refunded");
        }

        if (terms.Holds.Contains(HoldNames.Dispute))
        {
            return new(LicenseState.Suspended, "suspended", "disputed");
        }

        if (now < terms.StartsAt)
        {
            return new(LicenseState.Pending, "suspended", "not_started");
        }

        if (now >= terms.EndsAt)
        {
            var reason = terms.IsSubscription ? "subscription_ended" : "expired";
            return terms.KeptAfterEnd is not null
                ? new(LicenseState.Limited, "limited", reason)
                : new(terms.IsSubscription ? LicenseState.Ended : LicenseState.Expired, "ended", reason);
        }

        return now < terms.TrialEndsAt
            ? new(LicenseState.Trial, "trial", null)
            : new(LicenseState.Active, "active", null, InGrace: now >= terms.GraceFrom);
    }
}
