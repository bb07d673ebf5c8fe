namespace Latchkey.Simulator.Checkout;

/// <summary>An order that can be carried out.</summary>
internal sealed record CheckedOrder
{
    public required BuyOrder Order { get; init; }
    public required ProductRecord Item { get; init; }
    public required IReadOnlyDictionary<string, string> Variants { get; init; }

    /// <summary>Null is paid once.</summary>
    public required string? Recurrence { get; init; }

    /// <summary>For the whole quantity; of installments all of them.</summary>
    public required int PriceUsdCents { get; init; }

    public required OfferCodeRecord? OfferCode { get; init; }
    public required Answers Answers { get; init; }

    /// <summary>Who pays; of a gift not the one whose it will be.</summary>
    public required Buyer Payer { get; init; }

    public SimulatedProduct Product => Item.Product;
}
