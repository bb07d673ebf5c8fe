using static Latchkey.Simulator.Tests.Api.ShapeCase;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>Tokens, the seller, subscriptions to pings, members.</summary>
internal static class AccountShapes
{
    private const string Hook = "https://hooks.inkwell.example/gumroad/sale?k=3f9a";

    public static Dictionary<string, ShapeCase> All { get; } = new()
    {
        ["unauthorized"] = new(shop => Without(shop, s => s.GetAsync("/v2/user?access_token=wrong"))),
        ["forbidden_scope"] = new(shop => With(shop, ["edit_products"], s => s.GetAsync("/v2/sales"))),
        ["user_show"] = new(shop => With(shop, ["view_sales"], s => s.GetAsync("/v2/user")))
        {
            Products = [Wizard, Club],
            MayDiffer = Paths(("user.id", Account), ("user.profile_url", "the sample's picture is elsewhere")),
        },
        ["resource_subscription_created"] = new(Subscribe) { MayDiffer = Paths(("resource_subscription.id", Drawn)) },
        ["resource_subscription_bad_name"] = new(shop => shop.PutAsync("/v2/resource_subscriptions", ("resource_name", "refunded"), ("post_url", "https://a.example"))),
        ["resource_subscription_bad_url"] = new(shop => shop.PutAsync("/v2/resource_subscriptions", ("resource_name", "sale"), ("post_url", "http://127.0.0.1:5000/x"))),
        ["resource_subscription_deleted"] = new(async shop =>
        {
            var made = await ApiShop.ReadAsync(await Subscribe(shop));
            return await shop.DeleteAsync("/v2/resource_subscriptions/" + (string?)made["resource_subscription"]!["id"]);
        }),
        ["resource_subscription_not_found"] = new(shop => shop.DeleteAsync("/v2/resource_subscriptions/none")),
        ["resource_subscriptions_bad_name"] = new(shop => shop.GetAsync("/v2/resource_subscriptions")),
        ["resource_subscriptions_list"] = new(async shop =>
        {
            using var first = await Subscribe(shop);
            using var second = await Subscribe(shop);
            return await shop.GetAsync("/v2/resource_subscriptions?resource_name=sale");
        })
        {
            MayDiffer = Paths(("resource_subscriptions[0].id resource_subscriptions[1].id", Drawn)),
        },
        ["subscriber_show"] = new(async shop =>
        {
            var sale = await shop.BuyAsync(Member);
            await shop.Simulator.AdvanceAsync(TimeSpan.FromDays(40));
            await shop.Simulator.DeclineCardAsync(sale.SubscriptionId!);
            await shop.Simulator.AdvanceAsync(TimeSpan.FromDays(40));
            return await shop.GetAsync("/v2/subscribers/" + sale.SubscriptionId);
        })
        {
            Products = [Club],
            StartAt = "2025-11-02T17:05:41Z",
            MayDiffer = Paths(
                ("subscriber.id subscriber.purchase_ids[0] subscriber.purchase_ids[1] subscriber.license_key", Drawn),
                ("subscriber.failed_at", Time)),
        },
        ["subscribers_index"] = new(async shop =>
        {
            await shop.BuyAsync(Member with { HasAccount = true });
            var leaver = await shop.BuyAsync(Member with { HasAccount = true });
            await shop.Simulator.AdvanceAsync(TimeSpan.FromDays(40));
            await shop.Simulator.CancelAsync(leaver.SubscriptionId!);
            return await shop.GetAsync($"/v2/products/{Club.ProductId}/subscribers");
        })
        {
            Products = [Club],
            StartAt = "2025-11-02T17:05:41Z",
            MayDiffer = Paths(
                ("subscribers[0].id subscribers[0].purchase_ids[0] subscribers[0].purchase_ids[1] subscribers[0].license_key", Drawn),
                ("subscribers[1].id subscribers[1].purchase_ids[0] subscribers[1].purchase_ids[1] subscribers[1].license_key", Drawn),
                ("subscribers[0].user_id subscribers[1].user_id", Account),
                ("subscribers[0].user_requested_cancellation_at subscribers[0].cancelled_at", Time)),
        },
    };

    private static Task<HttpResponseMessage> Subscribe(ApiShop shop) =>
        shop.PutAsync("/v2/resource_subscriptions", ("resource_name", "sale"), ("post_url", Hook));

    private static Task<HttpResponseMessage> Without(ApiShop shop, Func<ApiShop, Task<HttpResponseMessage>> call)
    {
        shop.Bearer = null;
        return call(shop);
    }

    private static Task<HttpResponseMessage> With(ApiShop shop, string[] scopes, Func<ApiShop, Task<HttpResponseMessage>> call)
    {
        shop.Bearer = shop.Simulator.CreateAccessToken(scopes);
        return call(shop);
    }
}
