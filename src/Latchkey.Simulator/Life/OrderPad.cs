using System.Globalization;

namespace Latchkey.Simulator.Life;

/// <summary>Fills in the checkout of any product as one of many different buyers would.</summary>
internal sealed class OrderPad(Dice dice, int number, IReadOnlyList<SimulatedOfferCode> codes)
{
    private static readonly string[] FirstNames = ["Mara", "Noor", "Zoë", "Juan", "Anneke", "Þóra", "Kwame", "小雨"];
    private static readonly string[] LastNames = ["Ito", "O'Neil", "García", "van Dijk", "Mensah", "& Sons"];
    private static readonly string[] Countries = ["Japan", "Germany", "United States", "Brazil", "Ghana"];
    private static readonly string[] Referrers = ["direct", "https://inkwell.example/pricing?from=menu", "https://search.example/"];

    public BuyOrder Fill(SimulatedProduct product, DateTimeOffset now)
    {
        var name = $"{dice.Pick(FirstNames)} {dice.Pick(LastNames)}";
        var country = dice.Pick(Countries);
        var isPreorder = product.ReleaseAt > now;
        var isPlain = !product.IsMembership && !isPreorder && product.BundleContents.Count == 0;
        var inInstallments = product.Installments is not null && isPlain && dice.Chance(.6);
        var isGift = isPlain && !inInstallments && dice.Chance(.08);
        var quantity = Quantity(product, isPlain && !inInstallments);
        return new BuyOrder
        {
            Permalink = product.Permalink,
            Email = Invariant($"buyer{number:D5}@example.org"),
            FullName = dice.Chance(.7) ? name : null,
            Quantity = quantity,
            Variants = product.Variants.ToDictionary(category => category.Title, category => dice.Pick(category.Choices).Name),
            UrlParams = UrlParams(),
            CustomFields = CustomFields(product),
            OfferCode = isPreorder || inInstallments ? null : OfferCode(product),
            PriceUsdCents = product.IsPayWhatYouWant ? quantity * (AtMost(product) + (100 * dice.Between(0, 15))) : null,
            Recurrence = product.IsMembership ? dice.Pick(product.Recurrences) : null,
            InInstallments = inInstallments,
            PaidBy = dice.Chance(.25) ? PaymentMethod.PayPal : PaymentMethod.Card,
            Shipping = product.ShippingRateUsdCents is null ? null : new ShippingAddress(name, Invariant($"Mill Lane {number}"), "Inkford", "", "10115", country),
            Referrer = dice.Pick(Referrers),
            ThroughDiscover = dice.Chance(.1),
            Affiliate = dice.Chance(.05) ? "partner@example.org" : null,
            CanContact = dice.Chance(.8),
            HasAccount = dice.Chance(.6),
            IpCountry = dice.Chance(.9) ? country : null,
            Gift = isGift ? new Gift(Invariant($"giver{number:D5}@example.org")) : null,
            IsTest = !isGift && dice.Chance(.02),
        };
    }

    private int Quantity(SimulatedProduct product, bool maySayMany) =>
        (maySayMany || product.IsMultiseat) && dice.Chance(.2) ? dice.Between(2, 6) : 1;

    private Dictionary<string, string> UrlParams()
    {
        var parameters = new Dictionary<string, string>();
        if (dice.Chance(.4))
        {
            parameters["account"] = Invariant($"u_{number}");
        }

        if (dice.Chance(.05))
        {
            parameters["utm_source"] = "news & more";
        }

        return parameters;
    }

    private Dictionary<string, string> CustomFields(SimulatedProduct product) => product.CustomFields
        .Where(field => field.Required || dice.Chance(.6))
        .ToDictionary(field => field.Name, field => field.IsBoolean ? (field.Required || dice.Chance(.5) ? "true" : "false") : Invariant($"Atelier {number}"));

    // Codes that run out would tie one buyer's life to another's.
    private string? OfferCode(SimulatedProduct product)
    {
        var fitting = codes.Where(code => code.MaxPurchaseCount is null && (code.Permalinks.Count == 0 || code.Permalinks.Contains(product.Permalink))).ToList();
        return fitting.Count > 0 && dice.Chance(.15) ? dice.Pick(fitting).Code : null;
    }

    // No choice of variants costs more, so a price above it is never too low.
    private static int AtMost(SimulatedProduct product) =>
        Math.Max(product.PriceUsdCents, product.Variants.Sum(category => category.Choices.Max(choice => choice.PriceUsdCents ?? 0)));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
