using Latchkey.Rights;

namespace Latchkey.Purchases;

/// <summary>A purchase as it stands in the store: computed from its entries.</summary>
/// <param name="Name">Its name at Gumroad.</param>
/// <param name="HeldFor">Why it makes no grant yet: an entry reason. Null once it has one.</param>
/// <param name="DueAt">When its rights change by time alone.</param>
/// <param name="FoldedAt">A later fold never works with an earlier now.</param>
/// <param name="LinkEmail">The address under which those that may belong together are found; null for the many that stand alone.</param>
/// <param name="Digest">Of the facts it was computed from.</param>
internal sealed record Purchase(
    string Tenant,
    string Id,
    string Name,
    string? SubscriptionId,
    string? Subject,
    string? Email,
    bool Test,
    PurchaseState State,
    string? HeldFor,
    IReadOnlyList<Hold> Holds,
    DateTimeOffset? PaidUntil,
    IReadOnlyList<Charge> Charges,
    IReadOnlyList<string> Licenses,
    DateTimeOffset? DueAt,
    DateTimeOffset FoldedAt,
    string Digest,
    DateTimeOffset CreatedAt,
    string? LinkEmail = null);
