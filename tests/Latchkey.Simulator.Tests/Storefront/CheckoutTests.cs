using System.Net;
using System.Text.RegularExpressions;

namespace Latchkey.Simulator.Tests.Storefront;

public sealed partial class CheckoutTests : StorefrontTest
{
    public static TheoryData<string> Permalinks => [.. SimulatedProduct.Catalog.Select(product => product.Permalink)];

    [Theory]
    [MemberData(nameof(Permalinks))]
    public async Task The_total_on_the_page_is_what_is_charged(string permalink)
    {
        await OpenAsync();
        var product = SimulatedProduct.Catalog.Single(each => each.Permalink == permalink);
        var form = PageForm.Of(await PageAsync("/checkout/" + permalink), "/checkout/" + permalink)
            .With("email", "mara@example.org").With("quantity", "2").With("code", "LAUNCH20");
        foreach (var i in Enumerable.Range(0, product.CustomFields.Count))
        {
            form.With("field." + i, product.CustomFields[i].IsBoolean ? "true" : "said");
        }

        var summary = await (await PostAsync($"/checkout/{permalink}/total", [.. form.Pairs])).Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(form)).StatusCode);
        var sale = Simulator.Sales[0];
        var price = Simulator.Sales[0].PriceUsdCents + (product.ShippingRateUsdCents ?? 0);
        Assert.Contains(((decimal)price / 100).ToString("'$'#,0.00", null), summary, StringComparison.Ordinal);
        Assert.Equal(2, sale.Quantity);
    }

    [Theory]
    [InlineData("inkcourse", "installments", "true", "Pay $30.00", "The first of 3 monthly payments, $90.00 in all.")]
    [InlineData("papers", "price", "7.5", "Pay $7.50", "<span>Today</span>")]
    [InlineData("papers", "price", "0", "Get it", "<span>$0.00</span>")]
    [InlineData("inkclub", "recurrence", "yearly", "Pay $30.00", "$30.00 a year, until it is cancelled.")]
    [InlineData("inkcloud", "quantity", "2", "Start the free trial", "$10.00 a month from 28 March 2026 on.")]
    [InlineData("inkwell3", "quantity", "1", "Pre-order", "$39.00 on 1 March 2030.")]
    [InlineData("inkwell", "code", "nonesuch", "Pay $29.00", "not known here")]
    [InlineData("inkwell", "quantity", "none", "Pay", "—")]
    public async Task The_total_says_what_is_charged_now_and_later(string permalink, string field, string value, string button, string said)
    {
        await OpenAsync(Still());
        var form = PageForm.Of(await PageAsync("/checkout/" + permalink), "/checkout/" + permalink).With(field, value);
        var summary = await (await PostAsync($"/checkout/{permalink}/total", [.. form.Pairs])).Content.ReadAsStringAsync();
        Assert.Contains($"data-pay=\"{button}\"", summary, StringComparison.Ordinal);
        Assert.Contains(said, WebUtility.HtmlDecode(summary), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_membership_can_be_given_away_with_a_code()
    {
        await OpenAsync();
        var sale = await CheckOutAsync("/checkout/inkclub", ("variant.0", "Patron"), ("recurrence", "yearly"), ("code", "launch20"), ("is_gift", "true"), ("giftee", "Kai@example.org"), ("full_name", "Kai"));
        Assert.Equal(("kai@example.org", 0, true), (sale.Email, sale.PriceUsdCents, sale.IsGift));
        var ping = await PingAsync();
        Assert.Equal(("0", "7200", "mara@example.org", "yearly", "Patron"), (ping["price"], ping["gift_price"], ping["gifter_email"], ping["recurrence"], ping["variants[Tier]"]));
        var receipt = await PageAsync("/purchases/" + Uri.EscapeDataString(sale.SaleId));
        Assert.Contains("A gift from mara@example.org for kai@example.org", receipt, StringComparison.Ordinal);
        Assert.Contains("$72.00", receipt, StringComparison.Ordinal);
        Assert.Contains("/account?email=kai%40example.org#", receipt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_may_have_any_name_and_do_not_collide()
    {
        string[] names = ["email", "sale_id", "a[b]", "quantity", "field.0", "", "email"];
        await OpenAsync(new SimulatorOptions
        {
            PingSpeed = 1000,
            Products = [new() { Permalink = "odd", Name = "Odd", PriceUsdCents = 100, CustomFields = [.. names.Select(name => new CheckoutField(name))] }],
        }.SubscribeAll(Receiver.Url));
        var sale = await CheckOutAsync("/checkout/odd", [.. names.Select((_, i) => ("field." + i, (string?)("answer " + i)))]);
        Assert.Equal(("mara@example.org", 1), (sale.Email, sale.Quantity));
        var ping = await PingAsync();
        Assert.Equal(
            ("answer 6", "answer 1", "answer 2", "answer 3", "answer 4"),
            (ping["custom_fields[email]"], ping["custom_fields[sale_id]"], ping["custom_fields[a%5Bb%5D]"], ping["custom_fields[quantity]"], ping["custom_fields[field.0]"]));
        Assert.Equal("answer 6", ping["email"]); // as at Gumroad
    }

    [Fact]
    public async Task Every_kind_of_question_is_asked()
    {
        await OpenAsync();
        var page = await PageAsync("/checkout/portrait");
        Assert.Contains("<textarea name=\"field.2\"", page, StringComparison.Ordinal);
        await CheckOutAsync("/checkout/portrait", ("field.0", "Mara"), ("field.1", "write@example.org"), ("field.2", "Two\r\nlines"), ("field.4", "true"));
        var ping = await PingAsync();
        Assert.Equal(
            ("Mara", "write@example.org", "Two\r\nlines", "false", "true"),
            (ping["custom_fields[Name on the portrait]"], ping["custom_fields[email]"], ping["custom_fields[Wishes]"], ping["custom_fields[Show it in the gallery]"], ping["custom_fields[I agree to the terms]"]));
    }

    [Fact]
    public async Task A_bad_form_comes_back_with_a_sentence_and_everything_typed()
    {
        await OpenAsync();
        (string, string?)[] typed =
        [
            ("email", "mara@example.org"), ("full_name", "<b>Mara</b>"), ("quantity", "3"), ("code", "NONESUCH"), ("field.0", "\"quoted\""), ("field.2", "</textarea>long"),
            ("field.3", "true"), ("field.4", "true"), ("is_gift", "true"), ("giftee", "kai@example.org"), ("paypal", "true"), ("no_contact", "true"), ("affiliate", "al@example.org"),
            ("referrer", "https://example.org/"), ("ip_country", "Japan"),
        ];
        var form = PageForm.Of(await PageAsync("/checkout/portrait?who=me"), "/checkout/portrait");
        Array.ForEach(typed, each => form.With(each.Item1, each.Item2));
        var answer = await SendAsync(form);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("role=\"alert\">Discount code", page, StringComparison.Ordinal);
        var again = PageForm.Of(page, "/checkout/portrait");
        Assert.All(typed, each => Assert.Equal(each.Item2, again[each.Item1]));
        Assert.Equal(("who", "me"), (again["param_name"], again["param_value"]));
        Assert.Empty(Simulator.Sales);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(again.With("code", ""))).StatusCode);
    }

    [Theory]
    [InlineData("email", "")]
    [InlineData("email", "nobody")]
    [InlineData("quantity", "0")]
    [InlineData("quantity", "-1")]
    [InlineData("quantity", "many")]
    [InlineData("variant.0", "Nonesuch")]
    [InlineData("code", "CLUBHALF")]
    [InlineData("recurrence", "yearly")]
    [InlineData("is_gift", "true")]
    [InlineData("installments", "true")]
    public async Task What_cannot_be_bought_is_refused(string field, string value)
    {
        await OpenAsync();
        var answer = await SendAsync(PageForm.Of(await PageAsync("/checkout/brushpack"), "/checkout/brushpack").With("email", "mara@example.org").With(field, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(Simulator.Sales);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7.5", 750)]
    [InlineData("$12", 1200)]
    [InlineData("-1", null)]
    [InlineData("1.234", null)]
    [InlineData("99999999999999999999999999999", null)]
    [InlineData("lots", null)]
    public async Task The_buyer_names_the_price(string typed, int? cents)
    {
        await OpenAsync();
        var answer = await SendAsync(PageForm.Of(await PageAsync("/checkout/papers"), "/checkout/papers").With("email", "mara@example.org").With("price", typed));
        Assert.Equal(cents is null ? HttpStatusCode.BadRequest : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(cents, Simulator.Sales.SingleOrDefault()?.PriceUsdCents);
    }

    [Fact]
    public async Task Shipping_seats_installments_and_what_developers_set_reach_the_ping()
    {
        await OpenAsync();
        await CheckOutAsync("/checkout/sketchbook", ("ship.name", "Mara Ito"), ("ship.street", "1 Ink Lane"), ("ship.city", "Kyoto"), ("ship.zip", "600"), ("ship.country", "Japan"), ("variant.0", "Rough"));
        var shipped = await PingAsync();
        Assert.Equal(("1 Ink Lane", "Japan", "450", "SKB-ROUGH"), (shipped["shipping_information[street_address]"], shipped["country"], shipped["shipping_rate"], shipped["sku_id"]));

        await CheckOutAsync("/checkout/inkcourse", ("installments", "true"));
        Assert.Equal(("3000", "monthly"), ((await PingAsync())["price"], (await PingAsync())["recurrence"]));

        await CheckOutAsync("/checkout/inkclub", ("quantity", "4"), ("paypal", "true"), ("has_account", "true"), ("is_test", "true"), ("no_contact", "true"), ("referrer", "https://example.org/a"), ("ip_country", "Japan"));
        var test = await PingAsync();
        Assert.Equal(("4", "true", "false", "https://example.org/a", "Japan"), (test["quantity"], test["test"], test["can_contact"], test["referrer"], test["ip_country"]));

        await CheckOutAsync("/checkout/inkwell", ("paypal", "true"), ("discover", "true"), ("has_account", "true"), ("affiliate", "al@example.org"));
        var found = await PingAsync();
        Assert.Equal(("paypal", "true", "al@example.org"), (found["card[type]"], found["discover_fee_charged"], found["affiliate"]));
        Assert.NotEqual("", found["purchaser_id"]);
    }

    [Fact]
    public async Task Markup_in_names_is_text_everywhere()
    {
        const string markup = "</textarea><script>alert(1)</script>\"'&";
        await OpenAsync(new SimulatorOptions
        {
            PingSpeed = 1000,
            Products =
            [
                new()
                {
                    Permalink = "odd", Name = markup, Description = markup, PriceUsdCents = 100, Recurrence = "monthly",
                    Variants = [new(markup, [new(markup), new("Other " + markup)])],
                    CustomFields = [new(markup), new(markup + " too", "long_text"), new(markup + " three", "checkbox")],
                },
            ],
        }.SubscribeAll(Receiver.Url));
        var sale = await CheckOutAsync("/checkout/odd?p=" + Uri.EscapeDataString(markup), ("full_name", markup), ("field.0", markup), ("field.1", markup));
        await PingAsync();
        string[] paths =
        [
            "/", "/l/odd?p=" + Uri.EscapeDataString(markup), "/checkout/odd?email=" + Uri.EscapeDataString(markup), "/purchases/" + Uri.EscapeDataString(sale.SaleId),
            "/account?email=mara@example.org", "/account?email=" + Uri.EscapeDataString(markup), "/seller", "/seller?q=" + Uri.EscapeDataString(markup), "/seller/memberships",
            "/seller/products", "/seller/pings", "/seller/pings/1",
        ];
        foreach (var path in paths)
        {
            var page = await PageAsync(path);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
            Assert.DoesNotContain("</textarea><", page.Replace("</textarea></label>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_receipt_shows_what_is_in_a_bundle()
    {
        await OpenAsync();
        var sale = await CheckOutAsync("/checkout/starterset");
        var receipt = await PageAsync("/purchases/" + Uri.EscapeDataString(sale.SaleId));
        foreach (var part in Simulator.Sales.Where(part => part.BundleSaleId == sale.SaleId))
        {
            Assert.Contains("href=\"/purchases/" + Uri.EscapeDataString(part.SaleId), receipt, StringComparison.Ordinal);
            Assert.Contains(part.LicenseKey ?? "", receipt, StringComparison.Ordinal);
        }

        Assert.Equal(3, Cards().Count(receipt));
    }


    [GeneratedRegex("class=\"card linked\"")]
    private static partial Regex Cards();
}
