using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>What a call makes of a product, in the newest Gumroad only.</summary>
internal static partial class ProductChanges
{
    private const string Membership = "membership";
    private const string LicenseKeyBlock = "licenseKey";
    private static readonly string[] NotCreated = ["physical", "podcast", "newsletter", "audiobook"];
    private static readonly string[] Durations = ["monthly", "quarterly", "biannually", "yearly", "every_two_years"];

    /// <summary>What is wrong with the call, or null.</summary>
    /// <param name="changed">The product to change; null when it is to be made.</param>
    public static string? Complaint(ApiCall call, SimulatedProduct? changed) =>
        (changed is null ? AboutKind(call) : AboutChange(call, changed)) ?? AboutValues(call, changed);

    /// <summary>A new product, which nobody can buy before it is enabled, and which makes no license keys without a block for them in its content.</summary>
    public static SimulatedProduct Draft(ApiCall call)
    {
        var isMembership = call.Parameters.Text("native_type") == Membership;
        var permalink = FreePermalink(call);
        var price = call.Parameters.Number("price") ?? 0;
        return Apply(call, new SimulatedProduct
        {
            Permalink = permalink,
            ShortId = permalink,
            ProductId = call.Simulator.Tokens.NewId(),
            Name = "",
            PriceUsdCents = price,
            IsLicensed = false,
            IsPublished = false,
            Recurrence = isMembership ? call.Parameters.Text("subscription_duration") ?? Recurrences.Monthly : null,
            Variants = isMembership ? [new VariantCategory(PriceList.Tier, [new VariantChoice("Untitled", price)])] : [],
        });
    }

    /// <summary>The product with everything that the call names.</summary>
    public static SimulatedProduct Apply(ApiCall call, SimulatedProduct product)
    {
        var given = call.Parameters;
        product = product with
        {
            Name = given.Text("name") ?? product.Name,
            Description = given.Has("description") ? given.Text("description") ?? "" : product.Description,
            PriceUsdCents = given.Number("price") ?? product.PriceUsdCents,
            Currency = given.Text("price_currency_type")?.Trim().ToLowerInvariant() ?? product.Currency,
            CustomPermalink = given.Has("custom_permalink") ? given.Text("custom_permalink") : product.CustomPermalink,
            MaxPurchaseCount = given.Has("max_purchase_count") ? given.Number("max_purchase_count") : product.MaxPurchaseCount,
            IsPayWhatYouWant = given.Flag("customizable_price") ?? product.IsPayWhatYouWant,
            SuggestedPriceUsdCents = given.Has("suggested_price_cents") ? given.Number("suggested_price_cents") : product.SuggestedPriceUsdCents,
        };
        return given["rich_content"] is JsonArray content ? product with { IsLicensed = HasLicenseKey(content) } : product;
    }

    public static void ApplyTexts(ApiCall call, string productId)
    {
        var given = call.Parameters;
        call.Details.ChangeTexts(productId, texts => new ProductTexts(
            given.Texts("tags") ?? texts.Tags,
            given.Has("custom_summary") ? given.Text("custom_summary") : texts.Summary,
            given.Has("custom_receipt") ? given.Text("custom_receipt") : texts.Receipt,
            given["rich_content"] is JsonArray content ? (JsonArray)content.DeepClone() : texts.Content));
    }

    private static string? AboutKind(ApiCall call)
    {
        var kind = call.Parameters.Text("native_type");
        var duration = call.Parameters.Text("subscription_duration");
        if (NotCreated.Contains(kind))
        {
            return $"The product type '{kind}' is not supported for creation.";
        }

        if (duration is not null && !Durations.Contains(duration))
        {
            return $"Invalid subscription duration '{duration}'. Valid values: {string.Join(", ", Durations)}.";
        }

        if (duration is not null && kind != Membership)
        {
            return "subscription_duration is only valid for membership products.";
        }

        return call.Parameters.Text("name") is null ? "Name can't be blank" : call.Parameters.Text("price") is null ? "Price can't be blank" : null;
    }

    private static string? AboutChange(ApiCall call, SimulatedProduct product)
    {
        if (product.IsMembership && call.Parameters.Has("price"))
        {
            return "Price cannot be updated for tiered membership products. Use the variant endpoints to manage tier pricing.";
        }

        return call.Parameters.Has("name") && call.Parameters.Text("name") is null ? "Name can't be blank" : null;
    }

    private static string? AboutValues(ApiCall call, SimulatedProduct? changed)
    {
        var given = call.Parameters;
        if (given.Has("price_currency_type") && !MoneyText.Symbols.ContainsKey(given.Text("price_currency_type")?.Trim().ToLowerInvariant() ?? ""))
        {
            return $"'{given.Text("price_currency_type")}' is not a supported currency.";
        }

        if (given.Has("tags") && given.Texts("tags") is null)
        {
            return "tags must be an array of strings.";
        }

        if (given.Has("rich_content") && (given["rich_content"] is not JsonArray pages || pages.Any(page => page is not JsonObject)))
        {
            return "rich_content must be an array of content page objects.";
        }

        if (given.Number("price") < 0)
        {
            return "Price must be greater than or equal to 0";
        }

        return given.Text("custom_permalink") is { } permalink ? AboutPermalink(call, permalink, changed) : null;
    }

    private static string? AboutPermalink(ApiCall call, string permalink, SimulatedProduct? changed)
    {
        if (!PermalinkFormat().IsMatch(permalink))
        {
            return "Custom permalink is invalid";
        }

        var holder = call.Ledger.Read(view => view.FindProduct(permalink))?.Product;
        return holder is null || holder.ProductId == changed?.ProductId ? null : "Custom permalink has already been taken";
    }

    private static string FreePermalink(ApiCall call)
    {
        while (true)
        {
            var permalink = StableIds.Short(call.Simulator.Tokens.NewId());
            if (call.Ledger.Read(view => view.FindProduct(permalink)) is null)
            {
                return permalink;
            }
        }
    }

    private static bool HasLicenseKey(JsonNode? node) => node switch
    {
        JsonObject map => (map["type"] is JsonValue type && type.ToString() == LicenseKeyBlock) || map.Any(pair => HasLicenseKey(pair.Value)),
        JsonArray list => list.Any(HasLicenseKey),
        _ => false,
    };

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex PermalinkFormat();
}
