namespace Latchkey.Gumroad.Events;

/// <summary>What a membership is on, before or after a change.</summary>
public sealed record SubscriptionPlan
{
    /// <summary>As <see cref="GumroadEvent.Recurrence"/>.</summary>
    public string? Recurrence { get; init; }

    /// <summary>Price of one period in cents of the currency shown to the buyer; unlike a sale's, which is in US cents.</summary>
    public long? PriceCents { get; init; }

    /// <summary>Seats.</summary>
    public int? Quantity { get; init; }

    /// <summary>The tier's id.</summary>
    public string? TierId { get; init; }

    /// <summary>The tier's name.</summary>
    public string? TierName { get; init; }

    internal static SubscriptionPlan? Read(EventFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var tier = fields.Inner("tier");
        return new SubscriptionPlan
        {
            Recurrence = fields.Text("recurrence"),
            PriceCents = fields.Integer("price_cents"),
            Quantity = fields.SmallInteger("quantity"),
            TierId = tier?.Text("id"),
            TierName = tier?.Text("name"),
        };
    }
}
