namespace Latchkey.Outbox;

/// <summary>A difference worth telling: what delivery works from.</summary>
/// <param name="Key">Unique per tenant: writing the same difference twice leaves one.</param>
/// <param name="Kind">One of <see cref="OutboxKinds"/>.</param>
/// <param name="License">The license it is about; null when it is about none.</param>
/// <param name="Purchase">The purchase it is about.</param>
/// <param name="Detail">A short code that belongs to it, for example the reason of a suspension or the activation's id.</param>
/// <param name="Subject">Whom it concerns; null for what concerns the seller only.</param>
/// <param name="Position">Given after commit, in the order in which readers see it; 0 before.</param>
internal sealed record OutboxMessage(
    string Tenant,
    string Key,
    string Kind,
    string? License,
    string? Purchase,
    string? Detail,
    DateTimeOffset At,
    long Position = 0,
    string? Subject = null);

internal static class OutboxKinds
{
    public const string LicenseIssued = "license.issued";
    public const string LicenseUpdated = "license.updated";
    public const string LicenseSuspended = "license.suspended";
    public const string LicenseRevoked = "license.revoked";
    public const string LicenseReinstated = "license.reinstated";
    public const string LicenseExpired = "license.expired";
    public const string LicenseReissued = "license.reissued";
    public const string ActivationCreated = "activation.created";
    public const string ActivationReleased = "activation.released";
    public const string SubscriptionRenewed = "subscription.renewed";
    public const string SubscriptionCancelling = "subscription.cancelling";
    public const string SubscriptionEnded = "subscription.ended";
    public const string SubscriptionRestarted = "subscription.restarted";
    public const string SubscriptionTierChanged = "subscription.tier_changed";
    public const string EntitlementsChanged = "entitlements.changed";
    public const string PurchaseHeld = "purchase.held";

    /// <summary>A purchase link's sale has come. The detail is the link's id.</summary>
    public const string PurchaseLinkRedeemed = "purchase_link.redeemed";

    /// <summary>A sale came with a purchase link and did not redeem it. The detail is the link's id; why, the purchase says.</summary>
    public const string PurchaseLinkHeld = "purchase_link.held";
}
