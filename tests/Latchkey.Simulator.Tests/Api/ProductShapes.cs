using static Latchkey.Simulator.Tests.Api.ShapeCase;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>Products and what belongs to them.</summary>
internal static class ProductShapes
{
    private static readonly string Path = "/v2/products/" + Wizard.ProductId;

    private static readonly SimulatedProduct Asking = Wizard with { CustomFields = [new("Company & Team")] };

    public static Dictionary<string, ShapeCase> All { get; } = new()
    {
        ["product_show"] = new(async shop =>
        {
            await SellAsync(shop, Order, 12);
            await TagAsync(shop);
            return await shop.GetAsync(Path);
        })
        {
            Products = [Asking],
            MayDiffer = Paths(("product.custom_fields[0].id", Drawn)),
        },
        ["products_index"] = new(async shop =>
        {
            await SellAsync(shop, Order, 12);
            await SellAsync(shop, Member, 12);
            await TagAsync(shop);
            return await shop.GetAsync("/v2/products");
        })
        {
            // The list begins with the newest.
            Products = [Club, Asking],
            MayDiffer = Paths(
                ("products[0].custom_fields[0].id", Drawn),
                ("products[1].sales_usd_cents", "twelve times its price is not what the sample says")),
        },
        ["product_not_found"] = new(shop => shop.GetAsync("/v2/products/none")),
        ["product_created"] = new(shop => CreateAsync(shop))
        {
            MayDiffer = Paths(("product.id product.short_url product.landing_url", Drawn)),
        },
        ["product_deleted"] = new(async shop =>
        {
            var made = await ApiShop.ReadAsync(await CreateAsync(shop));
            return await shop.DeleteAsync("/v2/products/" + (string?)made["product"]!["id"]);
        }),
        ["custom_fields_index"] = new(shop => shop.GetAsync(Path + "/custom_fields"))
        {
            Products = [Asking],
            MayDiffer = Paths(("custom_fields[0].id", Drawn)),
        },
        ["offer_code_created"] = new(shop => shop.PostAsync(
            Path + "/offer_codes", ("name", "ONE-4711"), ("amount_off", "100"), ("offer_type", "percent"), ("max_purchase_count", "1")))
        {
            MayDiffer = Paths(("offer_code.id", Drawn)),
        },
        ["offer_code_missing_amount"] = new(shop => shop.PostAsync("/v2/products/x/offer_codes", ("name", "X"))),
        ["variant_category_created"] = new(shop => shop.PostAsync(Path + "/variant_categories", ("title", "Edition")))
        {
            MayDiffer = Paths(("variant_category.id", Drawn)),
        },
        ["variant_created"] = new(async shop =>
        {
            var category = await ApiShop.ReadAsync(await shop.PostAsync(Path + "/variant_categories", ("title", "Edition")));
            var id = (string?)category["variant_category"]!["id"];
            return await shop.PostAsync($"{Path}/variant_categories/{id}/variants", ("name", "Studio"), ("price_difference_cents", "1000"));
        })
        {
            MayDiffer = Paths(("variant.id", Drawn)),
        },
    };

    // Made by somebody who may not see sales, from whom their number is hidden.
    private static Task<HttpResponseMessage> CreateAsync(ApiShop shop)
    {
        shop.Bearer = shop.Simulator.CreateAccessToken("edit_products");
        return shop.SendJsonAsync(
            HttpMethod.Post,
            "/v2/products",
            """{"name": "Order 4711 for Mara", "price": 4711, "price_currency_type": "usd", "description": "<p>Learn every shortcut.</p>"}""");
    }

    private static async Task TagAsync(ApiShop shop)
    {
        using var answer = await shop.PutAsync(Path, ("tags[]", "keyboard"));
    }

    private static async Task SellAsync(ApiShop shop, BuyOrder order, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await shop.BuyAsync(order);
        }
    }
}
