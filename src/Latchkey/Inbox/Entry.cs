using Latchkey.PurchaseLinks;

namespace Latchkey.Inbox;

/// <summary>Where an entry came from.</summary>
internal enum EntrySource
{
    /// <summary>A delivery from Gumroad.</summary>
    Ping,

    /// <summary>A read of Gumroad's API.</summary>
    Api,

    /// <summary>Something the seller did by hand.</summary>
    Seller,

    /// <summary>The settings a purchase was granted with, written once by its first fold.</summary>
    Baked,

    /// <summary>That one purchase rests on another, written by whichever of the two was folded second.</summary>
    Link,

    /// <summary>What became of a purchase link its sale came with, written once by the fold that decided it; the seller's word on it is one more.</summary>
    Redemption,
}

internal enum EntryStatus
{
    /// <summary>Stored; not folded yet.</summary>
    Received,

    /// <summary>Folded into its purchase.</summary>
    Applied,

    /// <summary>Kept, not acted on; <see cref="Entry.Reason"/> says what would release it.</summary>
    Held,

    /// <summary>Understood and rightly without effect, as the test button's rehearsal.</summary>
    Ignored,

    /// <summary>Its purchase could not be folded; it is tried again by itself.</summary>
    Failed,
}

/// <summary>One thing that was said, as it stands in the inbox. The inbox is append-only; only status, sight and purchase change.</summary>
/// <param name="FirstSeenAt">When it was first said: for a retry, its first attempt.</param>
/// <param name="LastSeenAt">When it was last said, counted the same way.</param>
/// <param name="Repeats">How many exact repeats came after it.</param>
/// <param name="RepeatKey">The keyed hash by which repeats are recognized.</param>
/// <param name="ResourceHint">The address's <c>resource=</c>; it names the event only when the body does not.</param>
/// <param name="SealedBody">The body under the tenant's data key.</param>
/// <param name="Truncated">Only the first 256 KiB of the body were kept.</param>
/// <param name="Purchase">The purchase it belongs to, once that is known.</param>
internal sealed record Entry(
    string Tenant,
    string Id,
    EntrySource Source,
    DateTimeOffset ReceivedAt,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    int Repeats,
    byte[] RepeatKey,
    string? ContentType,
    string? ResourceHint,
    byte[] SealedBody,
    bool Truncated = false,
    EntryStatus Status = EntryStatus.Received,
    string? Reason = null,
    string? Resource = null,
    string? Purchase = null);

/// <summary>Reasons for which entries are held, ignored or failed. Stable: pages and programs show them.</summary>
internal static class EntryReasons
{
    public const string TooLarge = "too_large";
    public const string BrokenEncoding = "broken_encoding";
    public const string TenantSuspended = "tenant_suspended";
    public const string OtherSeller = "other_seller";
    public const string UnmappedProduct = "unmapped_product";
    public const string WaitsForSale = "waits_for_sale";
    public const string WaitsForCharge = "waits_for_charge";
    public const string Rehearsal = "test_button";
    public const string IgnoredByRule = "ignored_by_rule";
    public const string TestPurchasesOff = "test_purchases_off";
    public const string UnmappedPlan = "unmapped_plan";

    /// <summary>A checkout field is named like one of Gumroad's ids and stands in its place.</summary>
    public const string ImitatedField = "imitated_field";
    public const string FoldFailed = "fold_failed";

    /// <summary>Whether only the seller can release it; the rest is released by what Gumroad sends next.</summary>
    public static bool NeedsSeller(string reason) => reason is UnmappedProduct or UnmappedPlan || LinkReasons.IsOfPurchase(reason);

    /// <summary>Whether a purchase makes nothing on the seller's own word, so that nothing waits and nobody need be told.</summary>
    public static bool Ignores(string reason) => reason is IgnoredByRule or TestPurchasesOff;
}
