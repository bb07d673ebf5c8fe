namespace Latchkey.Simulator.Api;

/// <summary>Gumroad says how much more a choice costs than the product, the simulator's shelf what it costs.</summary>
internal static class VariantPrice
{
    public static int DifferenceOf(SimulatedProduct product, VariantChoice choice) =>
        choice.PriceUsdCents is { } price ? price - product.PriceUsdCents : 0;

    /// <summary>Null, which keeps the product's price, for no difference.</summary>
    public static int? PriceOf(SimulatedProduct product, int? difference) =>
        difference is null or 0 ? null : product.PriceUsdCents + difference;
}
