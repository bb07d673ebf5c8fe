namespace Latchkey.Simulator.Tests.Checkout;

public sealed class CustomFieldsTests : ShopTest
{
    private static readonly SimulatedProduct Product = BookProduct with
    {
        CustomFields = [new("News", "checkbox"), new("Terms", "terms"), new("Name"), new("File upload", "file")],
    };

    [Fact]
    public async Task Every_field_of_the_product_is_there_in_its_order_answered_or_not()
    {
        var simulator = await ShopAsync(Product);
        await simulator.BuyAsync(Book with { CustomFields = Map(("Of the account", "x"), ("Name", "  Mara   Ito "), ("News", "True"), ("File upload", "ignored")) }, Limit);
        var ping = await OnlyPingAsync(simulator);
        (string, string)[] expected = [("News", "true"), ("Terms", "false"), ("Name", "Mara Ito"), ("File upload", ""), ("Of the account", "x")];
        Assert.Equal(
            expected.Concat(expected.Select(pair => ($"custom_fields[{pair.Item1}]", pair.Item2))),
            ping.Pairs.SkipWhile(pair => pair.Name != "News").Take(10));
    }

    [Theory]
    [InlineData("email", "mine", "mine", true)]
    [InlineData("sale_id", "mine", "mine", true)]
    [InlineData("test", "true", "true", true)]
    [InlineData("license_key", "mine", "mine", false)]
    [InlineData("license_key", "mine", null, true)]
    [InlineData("refunded", "mine", "false", true)]
    [InlineData("resource_name", "mine", "sale", true)]
    [InlineData("ip_country", "mine", "mine", true)]
    public async Task A_badly_named_field_replaces_what_comes_before_it_and_what_is_not_written(string name, string typed, string? told, bool isLicensed)
    {
        var simulator = await ShopAsync(BookProduct with { IsLicensed = isLicensed });
        var sale = await simulator.BuyAsync(Book with { CustomFields = Map((name, typed)) }, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal(told ?? sale.LicenseKey, ping[name]);
        Assert.Equal(typed, ping[$"custom_fields[{name}]"]);
        Assert.Single(ping.Pairs, pair => pair.Name == name);
    }

    [Fact]
    public async Task Equal_names_are_one_field_of_the_last_kind()
    {
        var simulator = await ShopAsync(BookProduct with { CustomFields = [new("A", "checkbox"), new("A")] });
        await simulator.BuyAsync(Book with { CustomFields = Map(("A", "no boolean")) }, Limit);
        var ping = await OnlyPingAsync(simulator);
        Assert.Equal([("A", "no boolean"), ("custom_fields[A]", "no boolean")], ping.Pairs.Where(pair => pair.Name.Contains('A', StringComparison.Ordinal)));
    }
}
