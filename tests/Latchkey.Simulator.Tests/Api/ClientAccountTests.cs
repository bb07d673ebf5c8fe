using Latchkey.Gumroad.Api;
using Latchkey.Gumroad.Events;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>The real client reads the seller, members and payouts, and subscribes to pings.</summary>
public class ClientAccountTests : ApiTest
{
    [Fact]
    public async Task The_seller_is_shown_as_far_as_the_token_goes()
    {
        var shop = await OpenAsync();

        var all = await ClientOf(shop).User.GetAsync();
        var little = await ClientOf(shop, shop.Simulator.CreateAccessToken("view_public")).User.GetAsync();

        Assert.Equal((shop.Simulator.Options.SellerId, "owner@inkwell.example", "Inkwell Apps"), (all.SellerId, all.Email, all.DisplayName));
        Assert.Equal((all.SellerId, null, null), (little.SellerId, little.Email, little.DisplayName));
        Assert.Contains("inkwell", little.ProductPermalinks);
    }

    [Fact]
    public async Task Members_are_listed_while_active_and_found_ever_after()
    {
        var shop = await OpenAsync();
        var stays = await shop.BuyAsync(Club with { Email = "stays@example.org" });
        var leaves = await shop.BuyAsync(Club with { Email = "leaves@example.org" });
        await shop.BuyAsync(Club with { Email = "owner@inkwell.example", IsTest = true });
        var subscribers = ClientOf(shop).Subscribers;
        await shop.Simulator.CancelAsync(leaves.SubscriptionId!);

        var pending = await AllAsync(subscribers.ListAsync("inkclub"));
        await shop.Simulator.AdvanceAsync(TimeSpan.FromDays(40));
        var running = Assert.Single(await AllAsync(subscribers.ListAsync("inkclub")));
        var gone = await subscribers.GetAsync(leaves.SubscriptionId!);

        Assert.Equal(["pending_cancellation", "alive"], pending.Select(member => member.Status));
        Assert.Equal((stays.SubscriptionId, 2), (running.SubscriptionId, running.SaleIds.Count));
        Assert.Equal(("cancelled", Start.AddMonths(1)), (gone.Status, gone.CancelledAt));
        Assert.Null(gone.AccountEmail);
        await Assert.ThrowsAsync<GumroadNotFoundException>(() => subscribers.GetAsync("none"));
    }

    [Fact]
    public async Task Members_come_a_hundred_a_page_only_when_pages_are_asked_for()
    {
        var shop = await OpenAsync();
        for (var i = 0; i < 101; i++)
        {
            await shop.BuyAsync(Club with { Email = $"m{i}@example.org" });
        }

        var atOnce = await shop.JsonAsync("/v2/products/inkclub/subscribers");
        var page = await shop.JsonAsync("/v2/products/inkclub/subscribers?paginated=true");
        var all = await AllAsync(ClientOf(shop).Subscribers.ListAsync("inkclub"));
        var one = await AllAsync(ClientOf(shop).Subscribers.ListAsync("inkclub", "m7@example.org"));

        Assert.Equal((101, 100), (atOnce["subscribers"]!.AsArray().Count, page["subscribers"]!.AsArray().Count));
        Assert.False(atOnce.ContainsKey("next_page_key"));
        Assert.Equal(101, all.Select(member => member.SubscriptionId).Distinct().Count());
        Assert.Equal("m7@example.org", Assert.Single(one).Email);
    }

    [Fact]
    public async Task Equal_subscriptions_each_get_the_ping_and_end_one_by_one()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await OpenAsync();
        var subscriptions = ClientOf(shop).ResourceSubscriptions;

        var first = await subscriptions.CreateAsync(GumroadResource.Sale, receiver.Url);
        await subscriptions.CreateAsync(GumroadResource.Sale, receiver.Url);
        await shop.BuyAsync(Inkwell);
        await shop.Simulator.WhenQuietAsync();
        var twice = receiver.Requests.Count;
        await subscriptions.DeleteAsync(first.Id);
        await shop.BuyAsync(Inkwell);
        await shop.Simulator.WhenQuietAsync();

        Assert.Equal((2, 3), (twice, receiver.Requests.Count));
        Assert.Single(await subscriptions.ListAsync(GumroadResource.Sale));
        await Assert.ThrowsAsync<GumroadNotFoundException>(() => subscriptions.DeleteAsync(first.Id));
    }

    [Fact]
    public async Task Private_addresses_are_refused_before_names_are_looked_at()
    {
        var shop = await OpenAsync(new SimulatorOptions { AccessToken = ApiShop.Token });

        var refusal = await Assert.ThrowsAsync<GumroadRefusedException>(
            () => ClientOf(shop).ResourceSubscriptions.CreateAsync(GumroadResource.Sale, new Uri("http://10.0.0.1/x")));
        var answer = await ApiShop.ReadAsync(await shop.PutAsync("/v2/resource_subscriptions", ("resource_name", "refunded"), ("post_url", "ftp://a.example")));

        Assert.StartsWith("Invalid post URL", refusal.Words, StringComparison.Ordinal);
        Assert.Equal("Invalid post URL 'ftp://a.example'", (string?)answer["message"]);
    }

    [Fact]
    public async Task Fridays_pay_what_was_sold_until_the_friday_before_less_fees_and_refunds()
    {
        var shop = await OpenAsync();
        var kept = await shop.BuyAsync(Inkwell);
        var refunded = await shop.BuyAsync(Inkwell);
        await shop.Simulator.PartialRefundAsync(refunded.SaleId, 900);
        var payouts = ClientOf(shop).Payouts;

        var upcoming = Assert.Single(await payouts.GetUpcomingAsync());
        var none = await AllAsync(payouts.ListAsync());
        await shop.Simulator.AdvanceToAsync(new DateTimeOffset(2026, 3, 27, 0, 0, 0, TimeSpan.Zero));
        var paid = Assert.Single(await AllAsync(payouts.ListAsync()));
        var shown = await payouts.GetAsync(paid.Id!);

        // Saturday the 14th belongs to the week that ends on Friday the 20th. Twice 12.9 % and 80 cents stay with Gumroad.
        Assert.True(upcoming is { Status: "payable", Id: null });
        Assert.Empty(none);
        Assert.Equal((29m + 20m - 4.54m - 4.54m, "completed"), (paid.Amount, paid.Status));
        Assert.Equal(new DateTimeOffset(2026, 3, 27, 0, 0, 0, TimeSpan.Zero), paid.CreatedAt);
        Assert.Equal([refunded.SaleId, kept.SaleId], shown.SaleIds);
        Assert.Equal([refunded.SaleId], shown.RefundedSaleIds);
        await Assert.ThrowsAsync<GumroadNotFoundException>(() => payouts.GetAsync("none"));
    }

    [Fact]
    public async Task Payouts_are_paged_and_begin_with_the_one_to_come()
    {
        var shop = await OpenAsync();
        for (var i = 0; i < 12; i++)
        {
            await shop.BuyAsync(Inkwell);
            await shop.Simulator.AdvanceAsync(TimeSpan.FromDays(7));
        }

        var page = await shop.JsonAsync("/v2/payouts");
        var all = await AllAsync(ClientOf(shop).Payouts.ListAsync());

        Assert.Null(page["payouts"]![0]!["id"]);
        Assert.Equal(10, page["payouts"]!.AsArray().Count);
        Assert.Equal(all.OrderByDescending(payout => payout.CreatedAt), all);
        Assert.InRange(all.Count, 10, 11);
    }

    [Fact]
    public async Task April_2025_had_no_payouts()
    {
        var shop = await OpenAsync(GumroadVersion.April2025);

        await Assert.ThrowsAsync<GumroadNotFoundException>(() => AllAsync(ClientOf(shop).Payouts.ListAsync()));
    }
}
