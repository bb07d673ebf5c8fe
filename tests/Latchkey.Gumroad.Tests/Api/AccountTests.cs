using System.Net;
using Latchkey.Gumroad.Api;
using Latchkey.Gumroad.Events;

namespace Latchkey.Gumroad.Tests.Api;

public class AccountTests
{
    private static readonly Uri Hook = new("https://hooks.inkwell.example/gumroad/sale?k=3f9a");

    [Theory]
    [InlineData("user_show")]
    public async Task The_seller_has_two_ids(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var user = await gumroad.Client().User.GetAsync();

        Assert.Equal((ApiFile.Load(file).Line, ""), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal(("7lR_y_Sk2ZkQJWz6F1AYkg==", "2028293330377"), (user.SellerId, user.AccountNumber));
        Assert.Equal(("Inkwell Apps", "owner@inkwell.example", "usd", null), (user.Name, user.Email, user.Currency, user.DisplayName));
        Assert.Equal(("https://inkwellapps.gumroad.com", "https://static.example/avatar.png"), (user.Url, user.PictureUrl));
        Assert.Equal(["kbdwiz", "inkclub"], user.ProductPermalinks);
    }

    [Theory]
    [InlineData("unauthorized")]
    public async Task A_token_Gumroad_does_not_know_is_an_error_of_its_own(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadTokenException>(() => gumroad.Client().User.GetAsync());

        Assert.Equal((ApiFile.Load(file).Line, "", HttpStatusCode.Unauthorized), (gumroad.Only.Line, gumroad.Only.Parameters, e.HttpStatus));
        Assert.Equal("Gumroad refused the access token for GET /user: The access token is invalid. Make a new one and set it.", e.Message);
    }

    [Theory]
    [InlineData("subscribers_index")]
    public async Task Subscribers_are_listed_by_pages(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var subscribers = await gumroad.Client().Subscribers.ListAsync("rO-w6jmKIoo2pIAnn4H4_g==", "mara.ito@example.org").ToListAsync();

        Assert.Equal((ApiFile.Load(file).Line, "paginated=true&email=mara.ito@example.org"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal(2, subscribers.Count);
        Assert.Equal(("pending_cancellation", "2840261862113", "monthly"), (subscribers[0].Status, subscribers[0].AccountNumber, subscribers[0].Recurrence));
        Assert.Equal(new DateTimeOffset(2026, 5, 14, 9, 26, 53, TimeSpan.Zero), subscribers[0].CancelledAt);
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero), subscribers[0].CancellationRequestedAt);
    }

    [Theory]
    [InlineData("subscriber_show")]
    public async Task A_subscriber_whose_payment_failed_is_still_found(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var subscriber = await gumroad.Client().Subscribers.GetAsync("7A9w8B7AYrxoEV1VKQyBtQ==");

        Assert.Equal((ApiFile.Load(file).Line, ""), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal(("7A9w8B7AYrxoEV1VKQyBtQ==", "failed_payment", null, null), (subscriber.SubscriptionId, subscriber.Status, subscriber.AccountNumber, subscriber.AccountEmail));
        Assert.Equal(["9pIw6x9PCIQhegC_9cqfhQ==", "lKVZSH_tYU_Y7yemdBx8zA=="], subscriber.SaleIds);
        Assert.Equal(new DateTimeOffset(2026, 4, 20, 2, 0, 9, TimeSpan.Zero), subscriber.FailedAt);
        Assert.Null(subscriber.EndedAt);
    }

    [Theory]
    [InlineData("resource_subscription_created")]
    public async Task An_address_is_subscribed_as_it_stands(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var made = await gumroad.Client().ResourceSubscriptions.CreateAsync(GumroadResource.Sale, Hook);

        Assert.Equal((ApiFile.Load(file).Line, $"resource_name=sale&post_url={Hook}"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal(("w8iH_j9tmbBdoThyCE1DTA==", GumroadResource.Sale, Hook.ToString()), (made.Id, made.Resource, made.PostUrl));
    }

    [Theory]
    [InlineData("resource_subscription_bad_url")]
    public async Task A_refused_address_is_not_repeated_in_the_error(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadRefusedException>(() => gumroad.Client().ResourceSubscriptions.CreateAsync(GumroadResource.Sale, new Uri("http://127.0.0.1:5000/x")));

        Assert.Equal((ApiFile.Load(file).Line, "resource_name=sale&post_url=http://127.0.0.1:5000/x"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal("Invalid post URL '…'", e.Words);
        Assert.DoesNotContain("127.0.0.1", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resource_subscription_bad_name")]
    public async Task A_kind_Gumroad_does_not_know_is_refused(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadRefusedException>(() => gumroad.Client().ResourceSubscriptions.CreateAsync(GumroadResource.Refund, Hook));

        Assert.Equal((ApiFile.Load(file).Line, $"resource_name=refund&post_url={Hook}"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal("Unable to subscribe to ''.", e.Words);
    }

    [Theory]
    [InlineData("resource_subscriptions_list")]
    public async Task Equal_subscriptions_are_both_listed(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var list = await gumroad.Client().ResourceSubscriptions.ListAsync(GumroadResource.Sale);

        Assert.Equal((ApiFile.Load(file).Line, "resource_name=sale"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal(["w8iH_j9tmbBdoThyCE1DTA==", "jCsSZxOYIT9qkc3zWub7ow=="], list.Select(s => s.Id));
    }

    [Theory]
    [InlineData("resource_subscriptions_bad_name")]
    public async Task A_list_of_an_unknown_kind_is_refused(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        var e = await Assert.ThrowsAsync<GumroadRefusedException>(() => gumroad.Client().ResourceSubscriptions.ListAsync(GumroadResource.DisputeWon));

        Assert.Equal((ApiFile.Load(file).Line, "resource_name=dispute_won"), (gumroad.Only.Line, gumroad.Only.Parameters));
        Assert.Equal("Valid resource_name parameter required", e.Words);
    }

    [Fact]
    public async Task All_kinds_are_listed_one_after_another()
    {
        var gumroad = Exchange.OfFiles("resource_subscriptions_list");

        var all = await gumroad.Client().ResourceSubscriptions.ListAllAsync();

        Assert.Equal(16, all.Count);
        Assert.Equal(Enum.GetValues<GumroadResource>().Select(r => $"resource_name={GumroadResources.Name(r)}"), gumroad.Sent.Select(s => s.Parameters));
    }

    [Theory]
    [InlineData("resource_subscription_deleted")]
    public async Task A_subscription_is_deleted(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        await gumroad.Client().ResourceSubscriptions.DeleteAsync("w8iH_j9tmbBdoThyCE1DTA==");

        Assert.Equal((ApiFile.Load(file).Line, ""), (gumroad.Only.Line, gumroad.Only.Parameters));
    }

    [Theory]
    [InlineData("resource_subscription_not_found")]
    public async Task Another_applications_subscription_is_not_found(string file)
    {
        var gumroad = Exchange.OfFiles(file);

        await Assert.ThrowsAsync<GumroadNotFoundException>(() => gumroad.Client().ResourceSubscriptions.DeleteAsync("none"));

        Assert.Equal(ApiFile.Load(file).Line, gumroad.Only.Line);
    }
}
