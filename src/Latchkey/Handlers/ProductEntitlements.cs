namespace Latchkey.Handlers;

/// <summary>What a subject has of one product, over all its purchases.</summary>
/// <param name="Product">The product's id.</param>
/// <param name="Tier">The highest-ranked one that is usable; null when nothing is.</param>
/// <param name="Rank">Of that tier; 0 without one.</param>
/// <param name="Entitlements">Of everything usable, in ordinal order.</param>
/// <param name="State"><c>active</c>, <c>trial</c>, <c>limited</c>, <c>suspended</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="EndsAt">The latest end, in UTC; null when one lasts.</param>
public sealed record ProductEntitlements(
    string Product, string? Tier, int Rank, IReadOnlyList<string> Entitlements, string State, DateTimeOffset? EndsAt);
