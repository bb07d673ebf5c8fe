using Latchkey.Gumroad.Api;
using Latchkey.Reconciliation;

namespace Latchkey.Storage.Tests;

public abstract class LinkConformance : HistoryConformance
{
    private const string Lucky = "lucky@example.org";

    private Said BundleSale => Said.Sale("bundle", Now, Mara, Said.Bundle, 9900);

    private Said Content => Said.Sale("content", Now, Mara, Said.App, 0);

    private Said Extra => Said.Sale("extra", Now, Mara, "extra==", 0);

    private Said Received => Said.GiftReceived("received", Now, Lucky, Mara);

    private Said Given => Said.Sale("given", Now, Mara);

    [Theory]
    [InlineData("bundle content extra")]
    [InlineData("content extra bundle")]
    [InlineData("content bundle extra")]
    public async Task What_happens_to_a_bundle_reaches_its_contents_in_whichever_order_they_came(string order)
    {
        await OpenShopAsync();
        foreach (var name in order.Split(' '))
        {
            await HappensAsync(name switch { "bundle" => BundleSale, "content" => Content, _ => Extra });
        }

        await HoldsAreAsync([], "content", "extra");
        await HappensAsync(BundleSale.Later("dispute", "disputed"));
        await HoldsAreAsync(["dispute"], "content", "extra");
        await HappensAsync(BundleSale.Later("dispute_won", "disputed", "dispute_won"));
        await HoldsAreAsync([], "content", "extra");
        await HappensAsync(BundleSale.Later("refund", "refunded"));
        await HoldsAreAsync(["refund"], "content", "extra");
        Assert.Equal(0, (await ReplayAsync()).Differing);
    }

    [Theory]
    [InlineData("bundle refund content")]
    [InlineData("refund content bundle")]
    [InlineData("content refund bundle")]
    [InlineData("refund bundle content")]
    public async Task A_bundle_refunded_before_its_contents_were_heard_of_reaches_them(string order)
    {
        await OpenShopAsync();
        foreach (var name in order.Split(' '))
        {
            await HappensAsync(name switch { "bundle" => BundleSale, "refund" => BundleSale.Later("refund", "refunded"), _ => Content });
        }

        await HoldsAreAsync(["refund"], "content");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public async Task Heard_all_at_once_they_are_linked_and_reached(int batch)
    {
        await OpenShopAsync();
        await HearAsync(BundleSale.Later("refund", "refunded"), BundleSale, Content, Extra);
        while (await Store.Purchases.FoldDueAsync(Folder, batch, default) > 0)
        {
        }

        await HoldsAreAsync(["refund"], "content", "extra");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_of_the_bundle_that_is_folded_together_with_its_content_is_not_lost(bool bundleFirst)
    {
        await OpenShopAsync();
        await HappensAsync(BundleSale, Content);
        var (refund, repeat) = (BundleSale.Later("refund", "refunded"), Content);
        await HearAsync(bundleFirst ? refund : repeat);
        Time.Advance(TimeSpan.FromSeconds(1));
        await HearAsync(bundleFirst ? repeat : refund);
        await FoldAllAsync();
        await HoldsAreAsync(["refund"], "content");
        Assert.Equal(0, (await ReplayAsync()).Differing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_dispute_of_the_givers_sale_reaches_the_receiver(bool disputeFirst)
    {
        await OpenShopAsync();
        var dispute = Given.Later("dispute", "disputed");
        foreach (var said in disputeFirst ? new[] { dispute, Received } : [Received, dispute])
        {
            await HappensAsync(said);
        }

        await HoldsAreAsync(["dispute"], "received");
        await HappensAsync(Given.Later("dispute_won", "disputed", "dispute_won"));
        await HoldsAreAsync([], "received");
        Assert.Empty((await PurchaseAsync("given")).Licenses);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refund_of_the_givers_half_that_a_read_shows_reaches_the_receiver(bool readFirst)
    {
        await OpenShopAsync();
        if (readFirst)
        {
            await ReadGiverAsync(refunded: true);
        }

        await HappensAsync(Received);
        if (!readFirst)
        {
            await ReadGiverAsync(refunded: false);
            await HoldsAreAsync([], "received");
            Time.Advance(TimeSpan.FromHours(1));
            await ReadGiverAsync(refunded: true);
        }

        await HoldsAreAsync(["refund"], "received");
        Assert.Equal($"email:{Lucky}", (await LicenseAsync("received")).Subject);

        Time.Advance(TimeSpan.FromHours(1));
        await ReadGiverAsync(refunded: false);
        await HoldsAreAsync([], "received");
        Assert.Equal(0, (await ReplayAsync()).Differing);
    }

    [Fact]
    public async Task Two_bundles_that_may_both_be_meant_make_no_link()
    {
        await OpenShopAsync();
        await HappensAsync(BundleSale, BundleSale.With("sale_id", "bundle-2"), Content);
        await HappensAsync(BundleSale.Later("refund", "refunded"));
        await HoldsAreAsync([], "content");
        Assert.Empty(await SqlAsync("select id from inbox where source = 'link'"));
    }

    [Fact]
    public async Task Strangers_in_time_address_or_product_are_not_linked()
    {
        await OpenShopAsync();
        await HappensAsync(
            BundleSale,
            Content.With("email", "else@example.org"),
            Content.With("sale_id", "paid").With("price", "100"),
            Content.With("sale_id", "other").With("product_id", Said.Club).With("permalink", "club"),
            Said.Sale("late", Now.AddMinutes(3), Mara, Said.App, 0));
        Assert.Empty(await SqlAsync("select id from inbox where source = 'link'"));
    }

    private async Task ReadGiverAsync(bool refunded)
    {
        var sale = new Sale
        {
            Id = "given",
            CreatedAt = new DateTimeOffset(2026, 3, 14, 10, 0, 0, TimeSpan.Zero),
            ProductId = Said.App,
            PurchaseEmail = Mara,
            GifteeEmail = Lucky,
            IsGiftSenderPurchase = true,
            PriceUsdCents = 2500,
            Refunded = refunded,
        };
        await ReadAsync(GumroadReads.Of(sale, Now));
        await FoldAllAsync();
    }

    private async Task HoldsAreAsync(IReadOnlyList<string> holds, params string[] names)
    {
        foreach (var name in names)
        {
            Assert.Equal(holds, (await LicenseAsync(name)).Terms.Holds);
        }
    }
}
