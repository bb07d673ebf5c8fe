namespace Latchkey.Simulator.Checkout;

/// <summary>A membership, or a purchase paid in installments, changed under the ledger's lock only.</summary>
internal sealed class SubscriptionRecord
{
    public required string Id { get; init; }
    public required ProductRecord Item { get; init; }
    public required string Email { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required Plan Plan { get; set; }

    /// <summary>What periods are counted from, so that a month that is too short does not shift the ones after it.</summary>
    public required DateTimeOffset CountedFrom { get; set; }

    public string? UserId { get; init; }

    /// <summary>Charges after which it ends by itself, counting the first; null goes on.</summary>
    public int? ChargeCount { get; init; }

    public bool IsInstallmentPlan { get; init; }
    public DateTimeOffset? FreeTrialEndsAt { get; init; }

    /// <summary>The payments, the first one first.</summary>
    public List<SaleRecord> Purchases { get; } = [];

    /// <summary>Ids of the payments and of those that failed, as pings list them.</summary>
    public List<string> PurchaseIds { get; } = [];

    /// <summary>What Gumroad takes for the first payment, and what the license hangs on: after a paid upgrade that is the upgrade.</summary>
    public required SaleRecord Original { get; set; }

    /// <summary>A downgrade waits here for the next renewal.</summary>
    public Plan? NextPlan { get; set; }

    /// <summary>Months paid since <see cref="CountedFrom"/>.</summary>
    public int MonthsPaid { get; set; }

    public DateTimeOffset? CancelRequestedAt { get; set; }
    public DateTimeOffset? CancelledAt { get; set; }
    public CancelledBy CancelledBy { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedReason { get; set; }
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>The payment whose dispute ended it.</summary>
    public SaleRecord? EndedByDisputeOf { get; set; }

    /// <summary>Whether the card refuses the next charges.</summary>
    public bool CardDeclines { get; set; }

    /// <summary>Charges made, not counting the difference paid for an upgrade.</summary>
    public int Charges { get; set; }

    public DateTimeOffset PaidUntil => CountedFrom.AddMonths(MonthsPaid);

    public bool IsPaidOff => Charges >= ChargeCount;

    public SimulatedMembership ToMembership() => new()
    {
        SubscriptionId = Id,
        ProductId = Item.Product.ProductId,
        Permalink = Item.Product.Permalink,
        Email = Email,
        Tier = Plan.Tier,
        Seats = Plan.Seats,
        Recurrence = Plan.Recurrence,
        CreatedAt = CreatedAt,
        PaidUntil = PaidUntil,
        FreeTrialEndsAt = FreeTrialEndsAt,
        CancelledAt = CancelledAt,
        EndedAt = EndedAt,
        EndedReason = EndedReason,
        SaleIds = [.. Purchases.Select(sale => sale.SaleId)],
    };
}

/// <summary>What a member pays for.</summary>
/// <param name="Tier">The choice in the category <c>Tier</c>, or empty text.</param>
/// <param name="Seats">The quantity.</param>
/// <param name="Recurrence">How often it is paid.</param>
/// <param name="PriceUsdCents">USD cents a period for all seats.</param>
internal sealed record Plan(string Tier, int Seats, string Recurrence, int PriceUsdCents);
