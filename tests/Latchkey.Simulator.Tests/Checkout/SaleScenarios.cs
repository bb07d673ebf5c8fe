using static Latchkey.Simulator.Tests.Checkout.Scenario;

namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>The stories behind the sample pings about sales.</summary>
internal static class SaleScenarios
{
    private static readonly BuyOrder Mara = Order with { FullName = "Mara Ito", IpCountry = "Japan", HasAccount = true };

    private static readonly BuyOrder Zoe = Order with
    {
        Email = "mara+gum%road@example.org",
        FullName = "Zoë Ångström-O’Neill (田中)",
        IpCountry = "Côte d'Ivoire",
        Referrer = "https://search.example/?q=a+b&lang=de#top",
    };

    private static readonly SimulatedProduct Scripts = Licensed with { Name = "Schriftzüge & Ünïcode 字体 🖋️" };

    private static readonly ShippingAddress Halifax = new("Odile Marchetti", "14 Harbour Row, Apt #3", "Halifax", "NS", "B3H 1A1", "Canada");

    public static Dictionary<string, Scenario> All { get; } = new()
    {
        ["01_sale_minimal_free"] = new("s01", s => s.BuyAsync(Order with { Referrer = null, CanContact = false })) { Products = [Wizard with { PriceUsdCents = 0 }] },
        ["02_sale_licensed_card"] = new("s02", s => s.BuyAsync(Mara)) { Owner = "mara", KeyOwner = "s02" },
        ["03_sale_unicode_and_plus"] = new("s03", s => s.BuyAsync(Zoe)) { Products = [Scripts] },
        ["04_sale_custom_field_names_tricky"] = new("s04", s => s.BuyAsync(Order with
        {
            CustomFields = Map(
                ("Company & Team", "Dot & Dash = 100% + more"),
                ("Order [ref] #", "[A-1]"),
                ("a=b?c", "x;y"),
                ("C++ / C#", "yes, \"both\""),
                ("50% off", "%5Bnot a bracket%5D"),
                ("Prénom 😀", "Éloïse")),
        })),
        ["05_sale_custom_field_shadows_builtin"] = new("s05", s => s.BuyAsync(Order with
        {
            CustomFields = Map(
                ("email", "not-the-buyer@example.net"), ("price", "0"), ("quantity", "9999"), ("license_key", "FAKEFAKE-FAKE4AKE-AFAKEFAK-EFAKEFAK"), ("refunded", "maybe")),
        })),
        ["06_sale_custom_field_shadows_absent_key"] = new("s06", s => s.BuyAsync(Order with
        {
            CustomFields = Map(("license_key", "PLEASE-GIVE-ME-ONE"), ("test", "true"), ("subscription_id", "abc"), ("retry_count", "3")),
        }))
        {
            Products = [Wizard],
        },
        ["07_sale_custom_field_types"] = new("s07", s => s.BuyAsync(Order with { CustomFields = Map(("https://inkwell.example/terms", "true"), ("Nickname", "  ")) }))
        {
            Products =
            [
                Wizard with
                {
                    CustomFields = [new("Subscribe to news", "checkbox"), new("https://inkwell.example/terms", "terms", Required: true), new("Nickname"), new("File upload", "file")],
                },
            ],
        },
        ["08_sale_url_params"] = new("s08", s => s.BuyAsync(Order with
        {
            ReferrerQuery = "account=u_81723&source_url=https%253A%252F%252Finkwell.example%252Fpricing&tag=spring&tag=sale%2B1&meta%5Buser%5D=7&utm_campaign=launch+%26+learn&wanted=true",
        })),
        ["09_sale_variants_two"] = new("s09", s => s.BuyAsync(Order))
        {
            Products = [Licensed with { Variants = [new("Edition", [new("Studio (5 devices)")]), new("Update plan [years]", [new("2 years")])] }],
        },
        ["10_sale_variant_category_untitled"] = new("s10", s => s.BuyAsync(Order)) { Products = [Licensed with { Variants = [new("", [new("Pro")])] }] },
        ["11_sale_physical_shipping"] = new("s11", s => s.BuyAsync(Order with { Permalink = "mugxxl", Quantity = 2, Shipping = Halifax, IpCountry = "Canada" }))
        {
            Products =
            [
                Product("mugxxl", "Desk Mug", 2400) with { ShippingRateUsdCents = 650, Variants = [new("Version", [new("Large")])], Skus = Map(("Large", "MUG-L")) },
            ],
        },
        ["12_sale_multi_quantity_one_key"] = new("s12", s => s.BuyAsync(Order with { Quantity = 5 })),
        ["16_sale_gift_receiver"] = new("the giver's,g01", s => s.BuyAsync(Order with { Email = "lucky@example.com", Gift = new("generous@example.com") })) { Owner = "g01" },
        ["17_sale_test_purchase"] = new("t01", s => s.BuyAsync(Order with { Email = "owner@inkwell.example" })) { Owner = "owner", KeyOwner = "t01" },
        ["18_test_ping_button"] = new("s02", async s =>
        {
            await s.BuyAsync(Mara);
            await s.WhenQuietAsync();
            await s.SendTestPingAsync();
        })
        {
            Owner = "mara",
            KeyOwner = "s02",
        },
        ["19_sale_retry_1"] = new("s02", s => s.BuyAsync(Mara)) { Owner = "mara", KeyOwner = "s02", Failures = 1 },
        ["20_sale_preorder_authorization"] = new("p01", s => s.BuyAsync(Order)) { Products = [Licensed with { ReleaseAt = At("2026-06-01T00:00:00Z") }] },
        ["21_sale_bundle"] = new("b01,b01 a", s => s.BuyAsync(Order with { Permalink = "allink" })) { Products = [Licensed, Bundle], FromEnd = 2 },
        ["22_sale_bundle_content"] = new("b01,b01 a", s => s.BuyAsync(Order with { Permalink = "allink" })) { Products = [Licensed, Bundle], Owner = "b01 a" },
        ["23_sale_affiliate_offer_discover"] = new("s23", s => s.BuyAsync(Order with
        {
            OfferCode = "spring-25",
            Affiliate = "partner@example.net",
            ThroughDiscover = true,
            Referrer = "https://discover.example/search",
        }))
        {
            Products = [Licensed with { Currency = "eur", CustomPermalink = "keyboard-wizard" }],
            OfferCodes = [new("SPRING-25") { PercentOff = 25 }],
        },
        ["24_sale_paypal"] = new("s24", s => s.BuyAsync(Order with { PaidBy = PaymentMethod.PayPal })),
        ["25_refund_full"] = new("s02", async s => await s.RefundAsync((await s.BuyAsync(Mara)).SaleId)) { Owner = "mara", KeyOwner = "s02" },
        ["26_refund_partial"] = new("s12", async s => await s.PartialRefundAsync((await s.BuyAsync(Order with { Quantity = 5 })).SaleId, 5000)),
        ["27_dispute"] = new("s03", async s => await s.DisputeAsync((await s.BuyAsync(Zoe)).SaleId)) { Products = [Scripts] },
        ["28_dispute_won"] = new("s03", async s =>
        {
            var sale = await s.BuyAsync(Zoe);
            await s.DisputeAsync(sale.SaleId);
            await s.AdvanceAsync(TimeSpan.FromDays(30));
            await s.WinDisputeAsync(sale.SaleId);
        })
        {
            Products = [Scripts],
        },
        ["j01_sale"] = new("j01", s => s.BuyAsync(Json)) { Products = [WithNews] },
        ["j02_refund_retry_2"] = new("j01", async s => await s.RefundAsync((await s.BuyAsync(Order with { FullName = Json.FullName })).SaleId)) { Failures = 2 },
    };

    private static SimulatedProduct Bundle => Product("allink", "Everything Bundle", 9900) with { BundleContents = ["kbdwiz"] };

    private static SimulatedProduct WithNews => Licensed with { CustomFields = [new("Order [ref] #"), new("Subscribe to news", "checkbox")] };

    private static BuyOrder Json => Order with
    {
        FullName = "Mara <Ito> & Co",
        UrlParams = Map(("account", "u_81723"), ("meta[user]", "7")),
        CustomFields = Map(("Order [ref] #", "[A-1]")),
    };
}
