using static Latchkey.Simulator.Tests.Api.ShapeCase;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>License keys.</summary>
internal static class LicenseShapes
{
    private static readonly Dictionary<string, string> OfSale = Paths(
        ("purchase.order_number purchase.sale_id purchase.license_key purchase.id", Drawn));

    private static readonly Dictionary<string, string> OfMarasSale = Paths(
        ("purchase.order_number purchase.sale_id purchase.license_key purchase.id", Drawn), ("purchase.purchaser_id", Account));

    public static Dictionary<string, ShapeCase> All { get; } = new()
    {
        ["licenses_verify_success"] = new(async shop => await VerifyAsync(shop, await shop.BuyAsync(Mara))) { MayDiffer = OfMarasSale },
        ["licenses_verify_multi_quantity"] = new(async shop => await LookAsync(shop, await shop.BuyAsync(Order with { Quantity = 5 }))) { MayDiffer = OfSale },
        ["licenses_verify_success_fields_and_code"] = new(async shop => await LookAsync(shop, await shop.BuyAsync(
            Order with { OfferCode = "SPRING-25", CustomFields = new Dictionary<string, string> { ["Company & Team"] = "Dot" } },
            verifications: 4)))
        {
            // 25 % off leave the sample's price.
            Products = [Wizard with { Variants = [new("Edition", [new("Studio", 3333)])] }],
            OfferCodes = [new("SPRING-25") { PercentOff = 25 }],
            MayDiffer = OfSale,
        },
        ["licenses_verify_refunded"] = new(async shop =>
        {
            var sale = await shop.BuyAsync(Mara, verifications: 1);
            await shop.Simulator.RefundAsync(sale.SaleId);
            return await VerifyAsync(shop, sale);
        })
        {
            MayDiffer = OfMarasSale,
        },
        ["licenses_verify_chargebacked"] = new(async shop =>
        {
            var sale = await shop.BuyAsync(Mara, verifications: 1);
            await shop.Simulator.DisputeAsync(sale.SaleId);
            return await VerifyAsync(shop, sale);
        })
        {
            MayDiffer = OfMarasSale,
        },
        ["licenses_verify_subscription_ended"] = new(async shop =>
        {
            var sale = await shop.BuyAsync(Member, verifications: 6);
            await shop.Simulator.EndAsync(sale.SubscriptionId!);
            return await VerifyAsync(shop, sale);
        })
        {
            Products = [Club],
            MayDiffer = Paths(
                ("purchase.order_number purchase.sale_id purchase.license_key purchase.id purchase.subscription_id", Drawn),
                ("purchase.subscription_ended_at", Time)),
        },
        ["licenses_verify_imported_customer"] = new(async shop =>
        {
            var made = await ApiShop.ReadAsync(await shop.SendJsonAsync(
                HttpMethod.Post,
                "/simulator/imported_customers",
                """{"product": "kbdwiz", "email": "old@example.org", "created_at": "2019-05-05T05:05:05Z"}"""));
            return await shop.PostAsync("/v2/licenses/verify", ("product_id", Wizard.ProductId), ("license_key", (string)made["license_key"]!));
        })
        {
            MayDiffer = Paths(("imported_customer.id", Drawn)),
        },
        ["licenses_verify_not_found"] = new(shop => shop.PostAsync(
            "/v2/licenses/verify", ("product_id", Wizard.ProductId), ("license_key", "EF8F9E9E-1BF44E7C-AEA6B1CA-67C9D311"))),
        ["licenses_verify_disabled"] = new(async shop =>
        {
            var sale = await shop.BuyAsync(Mara);
            using var disabled = await ChangeAsync(shop, sale);
            return await VerifyAsync(shop, sale);
        }),
        ["licenses_verify_access_revoked"] = new(async shop =>
        {
            var sale = await shop.BuyAsync(Mara);
            shop.Simulator.Ledger.RevokeAccess(sale.SaleId, true);
            return await VerifyAsync(shop, sale);
        }),
        ["licenses_verify_product_id_required"] = new(async shop => await shop.PostAsync(
            "/v2/licenses/verify", ("product_permalink", "kbdwiz"), ("license_key", (await shop.BuyAsync(Mara)).LicenseKey!))),
        ["licenses_verify_param_not_string"] = new(shop => shop.SendJsonAsync(HttpMethod.Post, "/v2/licenses/verify", """{"license_key": ["x"]}""")),
        ["licenses_disable"] = new(async shop => await ChangeAsync(shop, await shop.BuyAsync(Mara, verifications: 2))) { MayDiffer = OfMarasSale },
        ["licenses_disable_other_owner"] = new(async shop =>
        {
            var sale = await shop.BuyAsync(Mara);
            var tokens = shop.Simulator.Tokens;
            shop.Bearer = tokens.Grant(tokens.FirstApplication.Id, ["edit_products"], isSellers: false).Value;
            return await ChangeAsync(shop, sale);
        }),
    };

    private static Task<HttpResponseMessage> VerifyAsync(ApiShop shop, SimulatedSale sale) =>
        shop.PostAsync("/v2/licenses/verify", ("product_id", sale.ProductId), ("license_key", sale.LicenseKey!));

    private static Task<HttpResponseMessage> LookAsync(ApiShop shop, SimulatedSale sale) =>
        shop.PostAsync("/v2/licenses/verify", ("product_id", sale.ProductId), ("license_key", sale.LicenseKey!), ("increment_uses_count", "false"));

    private static Task<HttpResponseMessage> ChangeAsync(ApiShop shop, SimulatedSale sale) =>
        shop.PutAsync("/v2/licenses/disable", ("product_id", sale.ProductId), ("license_key", sale.LicenseKey!));
}
