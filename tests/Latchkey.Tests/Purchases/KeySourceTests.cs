using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Products;

namespace Latchkey.Tests.Purchases;

public class KeySourceTests
{
    [Theory]
    [InlineData(null, true, "Both", true, true)]
    [InlineData(null, false, "Own", true, false)]
    [InlineData("Both", true, "Both", true, true)]
    [InlineData("Own", true, "Own", true, false)]
    [InlineData("Shop", true, "Shop", false, true)]
    [InlineData("Shop", false, "Shop", true, false)]
    public void The_product_says_which_keys_open(string? wanted, bool gumroadSendsOne, string source, bool generated, bool foreign)
    {
        var book = Sold(wanted is null ? null : Enum.Parse<KeySource>(wanted), gumroadSendsOne ? Ping.GumroadKey : null);
        Assert.Equal(source, book.License.KeySource.ToString());
        Assert.Equal(generated, book.KeyRow(book.GeneratedKey(0)) is { Foreign: false, Retired: false, Sealed: null });
        Assert.Equal(foreign, book.KeyRow(Ping.GumroadKey) is { Foreign: true, Retired: false, Sealed: not null });
        Assert.Equal((generated ? 1 : 0) + (foreign ? 1 : 0), book.Last!.Keys.Count);
    }

    [Fact]
    public void The_generated_key_is_shown_first_and_Gumroads_where_it_is_the_only_one()
    {
        var both = Sold(KeySource.Both, Ping.GumroadKey);
        Assert.Equal("ACME-FKR28-E1BQN-24GQA-WXRYF-8N75A", LicenseRows.PreferredKey(both.Tenant, both.License, both.Last!.Keys));

        var shop = Sold(KeySource.Shop, Ping.GumroadKey);
        Assert.Equal(Ping.GumroadKey, LicenseRows.PreferredKey(shop.Tenant, shop.License, shop.Last!.Keys));
        Assert.Equal("********-********-********-***9D311", shop.License.KeyMasked);
    }

    [Fact]
    public void A_foreign_key_is_kept_sealed_to_its_license()
    {
        var shop = Sold(KeySource.Shop, Ping.GumroadKey);
        Assert.Equal(-1, Assert.Single(shop.Last!.Keys).Sealed.AsSpan().IndexOf("EF8F9E9E"u8));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() =>
            LicenseRows.PreferredKey(shop.Tenant, shop.License with { Id = "lic_other" }, shop.Last.Keys));
    }

    [Theory]
    [InlineData("let me in")]
    [InlineData("ACME-FKR28-E1BQN-24GQA-WXRYF-8N75A")]
    [InlineData("GGGGGGGG-1BF44E7C-AEA6B1CA-67C9D311")]
    public void A_typed_imitation_of_Gumroads_key_opens_nothing(string imitation)
    {
        var book = Sold(null, imitation);
        Assert.Equal(KeySource.Own, book.License.KeySource);
        Assert.False(Assert.Single(book.Last!.Keys).Foreign);
        Assert.NotNull(book.KeyRow(book.GeneratedKey(0)));
    }

    [Theory]
    [InlineData("Both")]
    [InlineData("Shop")]
    public void A_reissue_brings_a_new_key_and_retires_the_old_ones_and_Gumroads(string wanted)
    {
        var book = Sold(Enum.Parse<KeySource>(wanted), Ping.GumroadKey);
        book.Clock.Now += TimeSpan.FromHours(1);
        book.Act(SellerActs.Reissue);

        Assert.Equal(1, book.License.Generation);
        Assert.Equal("ACME-*****-*****-*****-*****-Y8RVP", book.License.KeyMasked);
        Assert.False(book.KeyRow(book.GeneratedKey(1))!.Retired);
        Assert.True(book.KeyRow(book.GeneratedKey(0))!.Retired);
        Assert.True(book.KeyRow(Ping.GumroadKey)!.Retired);
        Assert.Equal("ACME-TG96R-0GTQ9-5S3PN-NKE89-Y8RVP", LicenseRows.PreferredKey(book.Tenant, book.License, book.Last!.Keys));
        Assert.Equal([OutboxKinds.LicenseIssued, OutboxKinds.LicenseReissued], book.Told);
    }

    [Fact]
    public void Every_reissue_leaves_exactly_one_key_that_opens()
    {
        var book = Sold(null, Ping.GumroadKey);
        for (var generation = 1; generation <= 3; generation++)
        {
            book.Clock.Now += TimeSpan.FromHours(1);
            book.Act(SellerActs.Reissue);
            var open = Assert.Single(book.Last!.Keys, k => !k.Retired);
            Assert.Equal(book.Installation.KeyLookup.Of(book.GeneratedKey(generation)), open.Lookup);
        }
    }

    private static Book Sold(KeySource? wanted, string? gumroadKey)
    {
        var book = new Book(Acme.With(product: Acme.Studio with { KeySource = wanted }));
        book.Say(Ping.Sale(("license_key", gumroadKey)));
        return book;
    }
}
