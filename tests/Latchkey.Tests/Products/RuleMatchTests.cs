using Latchkey.Products;

namespace Latchkey.Tests.Products;

public class RuleMatchTests
{
    private static readonly Bought Sold = new(
        Ping.ProductId, "kbdwiz", "acmestudio", "https://acme.gumroad.com/l/acmestudio?wanted=true", ["Pro  Team", "Mac"], "monthly", 2500);

    [Theory]
    [InlineData(Ping.ProductId, true)]
    [InlineData("8f_lhpddm1jxzgu-remqvq==", false)]
    [InlineData("kbdwiz", true)]
    [InlineData("KbdWiz", false)]
    [InlineData("acmestudio", true)]
    [InlineData("AcmeStudio", true)]
    [InlineData("https://acme.gumroad.com/l/acmestudio", true)]
    [InlineData("https://acme.gumroad.com/l/acmestudio/", true)]
    [InlineData("https://acme.gumroad.com/l/acmestudio?a=1#top", true)]
    [InlineData("HTTPS://Acme.Gumroad.com/l/AcmeStudio", true)]
    [InlineData("https://acme.gumroad.com/l/acmestudio2", false)]
    [InlineData("https://bolt.gumroad.com/l/acmestudio", false)]
    [InlineData("studio", false)]
    [InlineData("", false)]
    public void A_product_is_named_by_id_short_id_permalink_or_address(string named, bool fits) =>
        Assert.Equal(fits, RuleMatch.Fits(new Rule(named), Sold));

    [Fact]
    public void Nothing_is_named_by_what_the_sale_does_not_say()
    {
        var bare = new Bought(Ping.ProductId, null, null, null, [], null, null);
        Assert.False(RuleMatch.Fits(new Rule(""), bare));
        Assert.True(RuleMatch.Fits(new Rule(Ping.ProductId), bare));
        Assert.False(RuleMatch.Fits(new Rule(Ping.ProductId, Variant: "Pro"), bare));
        Assert.False(RuleMatch.Fits(new Rule(Ping.ProductId, Recurrence: "monthly"), bare));
        Assert.False(RuleMatch.Fits(new Rule(Ping.ProductId, MinPriceUsdCents: 0), bare));
        Assert.False(RuleMatch.Fits(new Rule(Ping.ProductId, MaxPriceUsdCents: 9999), bare));
    }

    [Theory]
    [InlineData("Pro Team", true)]
    [InlineData("  pro\tTEAM ", true)]
    [InlineData("mac", true)]
    [InlineData("Pro", false)]
    [InlineData("ProTeam", false)]
    public void A_variant_is_named_whatever_its_case_and_spacing(string variant, bool fits) =>
        Assert.Equal(fits, RuleMatch.Fits(new Rule("kbdwiz", Variant: variant), Sold));

    [Theory]
    [InlineData("monthly", true)]
    [InlineData("Monthly", true)]
    [InlineData("yearly", false)]
    public void A_recurrence_must_be_the_named_one(string recurrence, bool fits) =>
        Assert.Equal(fits, RuleMatch.Fits(new Rule("kbdwiz", Recurrence: recurrence), Sold));

    [Theory]
    [InlineData(2500L, 2500L, true)]
    [InlineData(null, 2500L, true)]
    [InlineData(2500L, null, true)]
    [InlineData(2501L, null, false)]
    [InlineData(null, 2499L, false)]
    public void A_price_range_holds_its_ends(long? min, long? max, bool fits) =>
        Assert.Equal(fits, RuleMatch.Fits(new Rule("kbdwiz", MinPriceUsdCents: min, MaxPriceUsdCents: max), Sold));

    [Fact]
    public void The_first_rule_that_fits_wins()
    {
        var (other, dear, any, late) = (
            new Rule("other", KeyType: "other"), new Rule("kbdwiz", MinPriceUsdCents: 5000, KeyType: "dear"),
            new Rule("kbdwiz", KeyType: "any"), new Rule("kbdwiz", KeyType: "late"));
        Assert.Same(any, RuleMatch.First(new RuleSet(1, [other, dear, any, late]), Sold));
        Assert.Same(late, RuleMatch.First(new RuleSet(1, [late, any]), Sold));
        Assert.Null(RuleMatch.First(new RuleSet(1, [other, dear]), Sold));
        Assert.Null(RuleMatch.First(RuleSet.Empty, Sold));
    }

    [Fact]
    public void A_rule_that_ignores_wins_in_its_place_too()
    {
        var ignore = new Rule("kbdwiz", Ignore: true);
        Assert.Same(ignore, RuleMatch.First(new RuleSet(1, [ignore, new Rule("kbdwiz", KeyType: "any")]), Sold));
    }
}
