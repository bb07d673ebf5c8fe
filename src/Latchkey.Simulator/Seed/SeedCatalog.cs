using static Latchkey.Simulator.Seed.SeedCheck;

namespace Latchkey.Simulator.Seed;

/// <summary>Products and offer codes of a seed file.</summary>
internal static class SeedCatalog
{
    public static IReadOnlyList<SimulatedProduct> Products(IReadOnlyList<SeedProduct> written)
    {
        var products = Each(written, "$.products").Select(each => Product(each.Item, each.Path)).ToList();
        for (var i = 0; i < products.Count; i++)
        {
            if (products.FindIndex(other => other.Permalink == products[i].Permalink) is var first && first < i)
            {
                throw Wrong($"$.products[{i}].permalink", $"'{products[i].Permalink}' is that of $.products[{first}] too; give each its own");
            }

            if (products[i].BundleContents.FirstOrDefault(part => products.All(other => other.Permalink != part)) is { } unknown)
            {
                throw Wrong($"$.products[{i}].bundle_contents", $"'{unknown}' is no product's permalink; add the product or take it out");
            }
        }

        return products;
    }

    public static IReadOnlyList<SimulatedOfferCode> OfferCodes(IReadOnlyList<SeedOfferCode> written, IReadOnlyList<SimulatedProduct> products) =>
        [.. Each(written, "$.offer_codes").Select(each => OfferCode(each.Item, each.Path, products))];

    private static SimulatedProduct Product(SeedProduct p, string path)
    {
        var recurrence = OneOf(p.Recurrence, path + ".recurrence", Recurrences);
        if (recurrence is null && p.OtherRecurrences is { Count: > 0 })
        {
            throw Wrong(path + ".other_recurrences", "stands beside no recurrence; give the usual one as 'recurrence'");
        }

        var permalink = Slug(p.Permalink, path + ".permalink");
        var price = AtLeast(0, p.PriceUsdCents, path + ".price_usd_cents") ?? throw Wrong(path + ".price_usd_cents", "is missing; 2900 is $29.00, 0 is free");
        return new SimulatedProduct
        {
            Permalink = permalink,
            Name = Text(p.Name, path + ".name"),
            PriceUsdCents = price,
            ProductId = p.ProductId!,
            ShortId = p.ShortId!,
            CustomPermalink = p.CustomPermalink,
            Description = p.Description ?? "",
            Currency = p.Currency ?? "usd",
            IsLicensed = p.IsLicensed ?? true,
            IsMultiseat = p.IsMultiseat ?? false,
            IsPublished = p.IsPublished ?? true,
            RequiresProductId = p.RequiresProductId ?? true,
            Recurrence = recurrence,
            OtherRecurrences = [.. Each(p.OtherRecurrences, path + ".other_recurrences").Select(each => OneOf(each.Item, each.Path, Recurrences)!)],
            ChargeCount = AtLeast(1, p.ChargeCount, path + ".charge_count"),
            FreeTrialDays = AtLeast(1, p.FreeTrialDays, path + ".free_trial_days"),
            Installments = AtLeast(2, p.Installments, path + ".installments"),
            ReleaseAt = p.ReleaseAt,
            BundleContents = p.BundleContents ?? [],
            ShippingRateUsdCents = AtLeast(0, p.ShippingRateUsdCents, path + ".shipping_rate_usd_cents"),
            Skus = p.Skus ?? new Dictionary<string, string>(),
            IsPayWhatYouWant = p.IsPayWhatYouWant ?? false,
            SuggestedPriceUsdCents = AtLeast(0, p.SuggestedPriceUsdCents, path + ".suggested_price_usd_cents"),
            MaxPurchaseCount = AtLeast(0, p.MaxPurchaseCount, path + ".max_purchase_count"),
            CustomFields = [.. Each(p.CustomFields, path + ".custom_fields").Select(each => Field(each.Item, each.Path))],
            Variants = [.. Each(p.Variants, path + ".variants").Select(each => Category(each.Item, each.Path))],
        };
    }

    private static CheckoutField Field(SeedCheckoutField field, string path) =>
        new(Text(field.Name, path + ".name"), OneOf(field.Type, path + ".type", FieldTypes) ?? "text", field.Required ?? false);

    private static VariantCategory Category(SeedVariantCategory category, string path)
    {
        var choices = Each(category.Choices, path + ".choices").Select(each => Choice(each.Item, each.Path)).ToList();
        return choices.Count > 0 ? new VariantCategory(category.Title ?? "", choices) : throw Wrong(path + ".choices", "is empty; give at least one choice");
    }

    private static VariantChoice Choice(SeedChoice choice, string path)
    {
        var prices = choice.RecurrencePricesUsdCents ?? new Dictionary<string, int>();
        foreach (var (recurrence, cents) in prices)
        {
            OneOf(recurrence, path + ".recurrence_prices_usd_cents", Recurrences);
            AtLeast(0, cents, $"{path}.recurrence_prices_usd_cents.{recurrence}");
        }

        return new VariantChoice(Text(choice.Name, path + ".name"), AtLeast(0, choice.PriceUsdCents, path + ".price_usd_cents"))
        {
            RecurrencePrices = prices,
            MaxPurchaseCount = AtLeast(0, choice.MaxPurchaseCount, path + ".max_purchase_count"),
        };
    }

    private static SimulatedOfferCode OfferCode(SeedOfferCode code, string path, IReadOnlyList<SimulatedProduct> products)
    {
        if (code.PercentOff is null == code.AmountOffUsdCents is null)
        {
            throw Wrong(path, "give either percent_off or amount_off_usd_cents");
        }

        if (code.PercentOff > 100)
        {
            throw Wrong(path + ".percent_off", $"{code.PercentOff} is too much; use 1 to 100");
        }

        foreach (var (permalink, at) in Each(code.Permalinks, path + ".permalinks").Where(each => products.All(product => product.Permalink != each.Item)))
        {
            throw Wrong(at, $"'{permalink}' is no product's permalink; add the product or take it out");
        }

        return new SimulatedOfferCode(Text(code.Code, path + ".code"))
        {
            PercentOff = AtLeast(1, code.PercentOff, path + ".percent_off"),
            AmountOffUsdCents = AtLeast(1, code.AmountOffUsdCents, path + ".amount_off_usd_cents"),
            MaxPurchaseCount = AtLeast(1, code.MaxPurchaseCount, path + ".max_purchase_count"),
            Permalinks = code.Permalinks ?? [],
        };
    }
}
