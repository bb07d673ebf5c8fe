using System.Net;

namespace Latchkey.Simulator.Tests.Storefront;

/// <summary>The checkout as it is posted to without a browser.</summary>
public sealed class CheckoutFieldTests : StorefrontTest
{
    [Theory]
    [InlineData("inkclub", "variant", ", variant.0.")]
    [InlineData("inkclub", "variant.1", ", recurrence, ")]
    [InlineData("inkwell", "field.0", ", ship.name, ")]
    [InlineData("inkwell", "offer_code", ", code, ")]
    public async Task A_field_that_is_not_there_is_refused_by_its_name(string permalink, string field, string says)
    {
        await OpenAsync();
        var answer = await PostAsync("/checkout/" + permalink, ("email", "a@example.org"), ("quantity", "1"), (field, "x"));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Simulator.Sales);
        Assert.Contains($"There is no field '{field}' here; there are: email, ", page, StringComparison.Ordinal);
        Assert.Contains(says, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_that_the_reference_names_is_taken()
    {
        await OpenAsync();
        var answer = await PostAsync(
            "/checkout/inkclub",
            ("email", "giver@example.org"), ("full_name", "Kai"), ("quantity", "2"), ("price", ""), ("recurrence", "yearly"), ("code", "LAUNCH20"), ("variant.0", "Patron"),
            ("ship.name", ""), ("ship.street", ""), ("ship.city", ""), ("ship.state", ""), ("ship.zip", ""), ("ship.country", ""),
            ("installments", "false"), ("is_gift", "true"), ("giftee", "kai@example.org"), ("paypal", "true"), ("has_account", "true"), ("is_test", "false"),
            ("discover", "true"), ("no_contact", "true"), ("affiliate", "partner@example.org"), ("referrer", "direct"), ("ip_country", "Japan"),
            ("param_name", "account"), ("param_value", "u_1"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        var sale = Assert.Single(Simulator.Sales);
        Assert.Equal(("kai@example.org", "inkclub", true), (sale.Email, sale.Permalink, sale.IsGift));
        Assert.Equal(("Patron", "yearly", "u_1"), ((await PingAsync())["variants[Tier]"], (await PingAsync())["recurrence"], (await PingAsync())["url_params[account]"]));
    }
}
