namespace Latchkey.Simulator.Checkout;

/// <summary>A membership in the ledger, changed under the ledger's lock only.</summary>
internal sealed class SubscriptionRecord
{
    public required string Id { get; init; }
    public required SimulatedProduct Product { get; init; }
    public required string Email { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset PaidUntil { get; set; }
    public required Plan Plan { get; set; }
    public string? UserId { get; init; }
    public List<SaleRecord> Purchases { get; } = [];

    /// <summary>A downgrade waits here for the next renewal.</summary>
    public Plan? NextPlan { get; set; }
    public DateTimeOffset? CancelledAt { get; set; }
    public CancelledBy CancelledBy { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedReason { get; set; }

    public string Recurrence => Product.Recurrence ?? "monthly";

    public DateTimeOffset PeriodAfter(DateTimeOffset from) => from.AddMonths(Recurrence switch
    {
        "quarterly" => 3,
        "biannually" => 6,
        "yearly" => 12,
        "every_two_years" => 24,
        _ => 1,
    });
}

/// <summary>What a member pays for.</summary>
/// <param name="Tier">The choice in the category <c>Tier</c>, or empty text.</param>
/// <param name="Seats">The quantity.</param>
/// <param name="PriceUsdCents">USD cents a period for all seats.</param>
internal sealed record Plan(string Tier, int Seats, int PriceUsdCents);
