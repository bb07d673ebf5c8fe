using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>A product as the API shows it. Source: <c>app/models/concerns/product/as_json.rb</c>, in April 2025 <c>app/models/link.rb</c>.</summary>
internal static class ProductJson
{
    /// <summary>With <paramref name="withContent"/> also what the buyer gets, as one product is shown but not a list.</summary>
    public static JsonObject Of(ProductRecord record, ApiCall call, LedgerView view, bool withContent)
    {
        var texts = call.Details.TextsOf(record.Product.ProductId);
        var json = Head(record.Product, texts, call);
        AddPrice(json, record.Product, call);
        AddState(json, record, texts, call);
        if (call.IsNewest)
        {
            json["covers"] = new JsonArray();
            json["main_cover_id"] = null;
            json["bundle_products"] = new JsonArray([.. record.Product.BundleContents.Select(permalink => BundledOf(permalink, view))]);
        }

        json["variants"] = new JsonArray([.. record.Product.Variants.Select(category => CategoryOf(record.Product, category))]);
        AddPreorder(json, record.Product, call.Now);
        if (call.IsNewest && withContent)
        {
            json["rich_content"] = texts.Content.DeepClone();
            json["has_same_rich_content_for_all_variants"] = true;
            json["files"] = new JsonArray();
        }

        if (call.Token!.Has(Scopes.ViewSales))
        {
            var sold = view.Sales.Where(sale => sale.Item == record && SaleFilter.IsListed(sale)).ToList();
            json["custom_delivery_url"] = null;
            json["sales_count"] = sold.Count;
            json["sales_usd_cents"] = sold.Sum(sale => (long)sale.PriceUsdCents - sale.RefundedUsdCents);
        }

        return json;
    }

    private static JsonObject Head(SimulatedProduct product, ProductTexts texts, ApiCall call)
    {
        var json = new JsonObject
        {
            ["name"] = product.Name,
            ["description"] = product.Description,
            ["customizable_price"] = product.IsPayWhatYouWant ? true : null,
            ["custom_receipt"] = texts.Receipt,
            ["custom_permalink"] = product.CustomPermalink,
            ["subscription_duration"] = IsTiered(product) ? null : product.Recurrence,
            ["require_shipping"] = product.ShippingRateUsdCents is not null,
            ["preview_url"] = null,
        };
        if (call.IsNewest)
        {
            json["custom_html"] = null;
        }

        json["id"] = product.ProductId;
        json["url"] = null;
        return json;
    }

    private static void AddPrice(JsonObject json, SimulatedProduct product, ApiCall call)
    {
        var url = new Uri(call.Store, "l/" + Uri.EscapeDataString(product.Slug)).AbsoluteUri;
        json["price"] = product.PriceUsdCents;
        json["currency"] = product.Currency;
        json["short_url"] = url;
        if (call.IsNewest)
        {
            json["landing_url"] = url;
        }
    }

    private static void AddState(JsonObject json, ProductRecord record, ProductTexts texts, ApiCall call)
    {
        var product = record.Product;
        json["thumbnail_url"] = null;
        json["tags"] = texts.Tags.ToJson();
        json["formatted_price"] = MoneyText.Price(product.PriceUsdCents, product.Currency) + (product.IsPayWhatYouWant ? "+" : "")
            + MoneyText.Per(product.Recurrence);
        json["published"] = product.IsPublished;
        json["file_info"] = new JsonObject();
        json["max_purchase_count"] = product.MaxPurchaseCount;
        json["deleted"] = record.IsDeleted;
        json["custom_fields"] = new JsonArray([.. product.CustomFields.Select(field => CustomFieldJson.Short(product, field, call.Details))]);
        json["custom_summary"] = texts.Summary;
        json["is_tiered_membership"] = IsTiered(product);
        json["recurrences"] = IsTiered(product) ? product.Recurrences.ToJson() : null;
    }

    private static bool IsTiered(SimulatedProduct product) =>
        product.IsMembership && product.Variants.Any(category => category.Title == PriceList.Tier);

    private static JsonObject CategoryOf(SimulatedProduct product, VariantCategory category) => new()
    {
        ["title"] = category.Title,
        ["options"] = new JsonArray([.. category.Choices.Select(choice => OptionOf(product, category, choice))]),
    };

    private static JsonObject OptionOf(SimulatedProduct product, VariantCategory category, VariantChoice choice) => new()
    {
        ["name"] = choice.Name,
        ["price_difference"] = product.IsMembership ? null : VariantPrice.DifferenceOf(product, choice),
        ["is_pay_what_you_want"] = product.IsPayWhatYouWant,
        ["recurrence_prices"] = product.IsMembership
            ? new JsonObject(product.Recurrences.Select(recurrence => KeyValuePair.Create(recurrence, (JsonNode?)new JsonObject
            {
                ["price_cents"] = PriceList.UnitPriceOf(product, new Dictionary<string, string> { [category.Title] = choice.Name }, recurrence),
                ["suggested_price_cents"] = product.SuggestedPriceUsdCents,
            })))
            : null,
        ["url"] = null,
    };

    private static JsonObject BundledOf(string permalink, LedgerView view) => new()
    {
        ["product_id"] = view.FindProduct(permalink)?.Product.ProductId,
        ["variant_id"] = null,
        ["quantity"] = 1,
    };

    private static void AddPreorder(JsonObject json, SimulatedProduct product, DateTimeOffset now)
    {
        if (product.ReleaseAt is { } release)
        {
            json["is_preorder"] = true;
            json["is_in_preorder_state"] = now < release;
            json["release_at"] = release.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
