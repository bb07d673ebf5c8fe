using Latchkey.Gumroad.Api;
using Latchkey.Gumroad.Events;

namespace Latchkey.Gumroad.Tests.Api;

/// <summary>Every call there is: what it sends, and whether it may be sent again.</summary>
public class CallsTests
{
    private const string Never = "never";
    private const string SameState = "same state";
    private const string Read = "read";

    private static readonly Dictionary<string, (Func<GumroadClient, CancellationToken, Task> Call, string Sends, string Repeats)> Calls = new()
    {
        ["User.Get"] = ((c, ct) => c.User.GetAsync(ct), "GET /v2/user ", Read),
        ["Products.List"] = ((c, ct) => c.Products.ListAsync(ct).ToListAsync(ct).AsTask(), "GET /v2/products ", Read),
        ["Products.ListPage"] = ((c, ct) => c.Products.ListPageAsync("k", ct), "GET /v2/products page_key=k", Read),
        ["Products.Get"] = ((c, ct) => c.Products.GetAsync("p", ct), "GET /v2/products/p ", Read),
        ["Products.Create"] = ((c, ct) => c.Products.CreateAsync(new("n", 1) { NativeType = "membership", SubscriptionDuration = "monthly", DescriptionHtml = "<p>", CustomPermalink = "x", MaxPurchaseCount = 2, IsPayWhatYouWant = true, SuggestedPriceCents = 3 }, ct), "POST /v2/products name=n&price=1&native_type=membership&subscription_duration=monthly&description=<p>&custom_permalink=x&max_purchase_count=2&customizable_price=true&suggested_price_cents=3", Never),
        ["Products.Enable"] = ((c, ct) => c.Products.EnableAsync("p", ct), "PUT /v2/products/p/enable ", SameState),
        ["Products.Disable"] = ((c, ct) => c.Products.DisableAsync("p", ct), "PUT /v2/products/p/disable ", SameState),
        ["Products.Delete"] = ((c, ct) => c.Products.DeleteAsync("p", ct), "DELETE /v2/products/p ", SameState),
        ["OfferCodes.List"] = ((c, ct) => c.OfferCodes.ListAsync("p", ct), "GET /v2/products/p/offer_codes ", Read),
        ["OfferCodes.Get"] = ((c, ct) => c.OfferCodes.GetAsync("p", "o", ct), "GET /v2/products/p/offer_codes/o ", Read),
        ["OfferCodes.Create"] = ((c, ct) => c.OfferCodes.CreateAsync("p", NewOfferCode.CentsOff("C", 5), ct), "POST /v2/products/p/offer_codes name=C&amount_off=5&offer_type=cents", Never),
        ["OfferCodes.Update"] = ((c, ct) => c.OfferCodes.UpdateAsync("p", "o", 9, ct), "PUT /v2/products/p/offer_codes/o max_purchase_count=9", SameState),
        ["OfferCodes.Delete"] = ((c, ct) => c.OfferCodes.DeleteAsync("p", "o", ct), "DELETE /v2/products/p/offer_codes/o ", SameState),
        ["VariantCategories.List"] = ((c, ct) => c.VariantCategories.ListAsync("p", ct), "GET /v2/products/p/variant_categories ", Read),
        ["VariantCategories.Get"] = ((c, ct) => c.VariantCategories.GetAsync("p", "v", ct), "GET /v2/products/p/variant_categories/v ", Read),
        ["VariantCategories.Create"] = ((c, ct) => c.VariantCategories.CreateAsync("p", "T", ct), "POST /v2/products/p/variant_categories title=T", Never),
        ["VariantCategories.Update"] = ((c, ct) => c.VariantCategories.UpdateAsync("p", "v", "T", ct), "PUT /v2/products/p/variant_categories/v title=T", SameState),
        ["VariantCategories.Delete"] = ((c, ct) => c.VariantCategories.DeleteAsync("p", "v", ct), "DELETE /v2/products/p/variant_categories/v ", SameState),
        ["Variants.List"] = ((c, ct) => c.Variants.ListAsync("p", "v", ct), "GET /v2/products/p/variant_categories/v/variants ", Read),
        ["Variants.Get"] = ((c, ct) => c.Variants.GetAsync("p", "v", "w", ct), "GET /v2/products/p/variant_categories/v/variants/w ", Read),
        ["Variants.Create"] = ((c, ct) => c.Variants.CreateAsync("p", "v", new("N") { Description = "D", MaxPurchaseCount = 4 }, ct), "POST /v2/products/p/variant_categories/v/variants name=N&description=D&max_purchase_count=4", Never),
        ["Variants.Update"] = ((c, ct) => c.Variants.UpdateAsync("p", "v", "w", new() { Name = "N", PriceDifferenceCents = 1 }, ct), "PUT /v2/products/p/variant_categories/v/variants/w name=N&price_difference_cents=1", SameState),
        ["Variants.Delete"] = ((c, ct) => c.Variants.DeleteAsync("p", "v", "w", ct), "DELETE /v2/products/p/variant_categories/v/variants/w ", SameState),
        ["CustomFields.List"] = ((c, ct) => c.CustomFields.ListAsync("p", ct), "GET /v2/products/p/custom_fields ", Read),
        ["CustomFields.Create"] = ((c, ct) => c.CustomFields.CreateAsync("p", "A/B & C", true, "terms", ct), "POST /v2/products/p/custom_fields name=A/B & C&required=true&type=terms", Never),
        ["CustomFields.Update"] = ((c, ct) => c.CustomFields.UpdateAsync("p", "A/B & C?", false, ct), "PUT /v2/products/p/custom_fields/A/B & C? required=false", SameState),
        ["CustomFields.Delete"] = ((c, ct) => c.CustomFields.DeleteAsync("p", "Name", ct), "DELETE /v2/products/p/custom_fields/Name ", SameState),
        ["Skus.List"] = ((c, ct) => c.Skus.ListAsync("p", ct), "GET /v2/products/p/skus ", Read),
        ["Sales.List"] = ((c, ct) => c.Sales.ListAsync(ct: ct).ToListAsync(ct).AsTask(), "GET /v2/sales ", Read),
        ["Sales.ListPage"] = ((c, ct) => c.Sales.ListPageAsync(null, "k", ct), "GET /v2/sales page_key=k", Read),
        ["Sales.Get"] = ((c, ct) => c.Sales.GetAsync("s", ct), "GET /v2/sales/s ", Read),
        ["Sales.Refund"] = ((c, ct) => c.Sales.RefundAsync("s", ct), "PUT /v2/sales/s/refund ", Never),
        ["Sales.RefundPart"] = ((c, ct) => c.Sales.RefundAsync("s", 5, ct), "PUT /v2/sales/s/refund amount_cents=5", Never),
        ["Sales.MarkAsShipped"] = ((c, ct) => c.Sales.MarkAsShippedAsync("s", new Uri("https://t.example/1"), ct), "PUT /v2/sales/s/mark_as_shipped tracking_url=https://t.example/1", SameState),
        ["Sales.ResendReceipt"] = ((c, ct) => c.Sales.ResendReceiptAsync("s", ct), "POST /v2/sales/s/resend_receipt ", Never),
        ["Subscribers.List"] = ((c, ct) => c.Subscribers.ListAsync("p", ct: ct).ToListAsync(ct).AsTask(), "GET /v2/products/p/subscribers paginated=true", Read),
        ["Subscribers.Get"] = ((c, ct) => c.Subscribers.GetAsync("s", ct), "GET /v2/subscribers/s ", Read),
        ["ResourceSubscriptions.List"] = ((c, ct) => c.ResourceSubscriptions.ListAsync(GumroadResource.SubscriptionEnded, ct), "GET /v2/resource_subscriptions resource_name=subscription_ended", Read),
        ["ResourceSubscriptions.ListAll"] = ((c, ct) => c.ResourceSubscriptions.ListAllAsync(ct), "GET /v2/resource_subscriptions resource_name=sale", Read),
        ["ResourceSubscriptions.Create"] = ((c, ct) => c.ResourceSubscriptions.CreateAsync(GumroadResource.Dispute, new Uri("https://h.example/?k=1"), ct), "PUT /v2/resource_subscriptions resource_name=dispute&post_url=https://h.example/?k=1", Never),
        ["ResourceSubscriptions.Delete"] = ((c, ct) => c.ResourceSubscriptions.DeleteAsync("r", ct), "DELETE /v2/resource_subscriptions/r ", SameState),
        ["Licenses.Verify without counting"] = ((c, ct) => c.Licenses.VerifyAsync("p", "K", IncrementUses.No, ct), "POST /v2/licenses/verify product_id=p&license_key=K&increment_uses_count=false", Read),
        ["Licenses.Verify with counting"] = ((c, ct) => c.Licenses.VerifyAsync("p", "K", IncrementUses.Yes, ct), "POST /v2/licenses/verify product_id=p&license_key=K&increment_uses_count=true", Never),
        ["Licenses.VerifyByPermalink"] = ((c, ct) => c.Licenses.VerifyByPermalinkAsync("p", "K", IncrementUses.Yes, ct), "POST /v2/licenses/verify product_permalink=p&license_key=K&increment_uses_count=true", Never),
        ["Licenses.Enable"] = ((c, ct) => c.Licenses.EnableAsync("p", "K", ct), "PUT /v2/licenses/enable product_id=p&license_key=K", SameState),
        ["Licenses.Disable"] = ((c, ct) => c.Licenses.DisableAsync("p", "K", ct), "PUT /v2/licenses/disable product_id=p&license_key=K", SameState),
        ["Licenses.DecrementUses"] = ((c, ct) => c.Licenses.DecrementUsesAsync("p", "K", ct), "PUT /v2/licenses/decrement_uses_count product_id=p&license_key=K", Never),
        ["Licenses.Rotate"] = ((c, ct) => c.Licenses.RotateAsync("p", "K", ct), "PUT /v2/licenses/rotate product_id=p&license_key=K", Never),
        ["Payouts.List"] = ((c, ct) => c.Payouts.ListAsync(new(2026, 1, 2), new(2026, 2, 1), ct).ToListAsync(ct).AsTask(), "GET /v2/payouts after=2026-01-02&before=2026-02-01&include_upcoming=false", Read),
        ["Payouts.Get"] = ((c, ct) => c.Payouts.GetAsync("o", ct), "GET /v2/payouts/o ", Read),
        ["Payouts.GetUpcoming"] = ((c, ct) => c.Payouts.GetUpcomingAsync(ct), "GET /v2/payouts/upcoming ", Read),
    };

    public static TheoryData<string> Names => [.. Calls.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_sends_what_it_should_and_its_token_in_the_header_only(string name)
    {
        var gumroad = new Exchange().ThenStatus(418);

        var e = await Assert.ThrowsAsync<GumroadRefusedException>(() => Calls[name].Call(gumroad.Client(), default));

        Assert.Equal(Calls[name].Sends, $"{gumroad.Only.Line} {gumroad.Only.Parameters}");
        Assert.Equal(name.StartsWith("Licenses.Verify", StringComparison.Ordinal) ? null : "Bearer " + Exchange.Token, gumroad.Only.Authorization);
        Assert.Matches(@"^Latchkey/\d+\.\d+\.\d+$", gumroad.Only.UserAgent);
        Assert.Equal("application/json", gumroad.Only.Accept);
        Assert.DoesNotContain(Exchange.Token, gumroad.Only.Address.ToString() + gumroad.Only.Parameters + e, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_sent_again_after_503_only_if_that_does_no_harm(string name)
    {
        var gumroad = new Exchange().ThenStatus(503);

        var e = await Assert.ThrowsAsync<GumroadUnavailableException>(() => Calls[name].Call(gumroad.Client(), default));

        Assert.Equal(Calls[name].Repeats == Never ? 1 : 4, gumroad.Sent.Count);
        Assert.Equal(Calls[name].Repeats == Never, e.MayHaveHappened);
        Assert.All(gumroad.Sent, sent => Assert.Equal(gumroad.Sent[0], sent));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_sent_again_after_500_only_if_it_just_reads(string name)
    {
        var gumroad = new Exchange().ThenStatus(500);

        await Assert.ThrowsAsync<GumroadUnavailableException>(() => Calls[name].Call(gumroad.Client(), default));

        Assert.Equal(Calls[name].Repeats == Read ? 4 : 1, gumroad.Sent.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_can_be_cancelled_while_Gumroad_thinks(string name)
    {
        using var stop = new CancellationTokenSource();
        var gumroad = new Exchange().Then(async ct =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, ct);
            throw new InvalidOperationException();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Calls[name].Call(gumroad.Client(), stop.Token));

        Assert.Single(gumroad.Sent);
    }

    /// <summary>Every public method of every group, so that a new one needs its line above.</summary>
    [Fact]
    public void Every_call_is_in_the_table()
    {
        var methods = typeof(GumroadClient).GetProperties()
            .SelectMany(group => group.PropertyType.GetMethods().Where(m => m.DeclaringType == group.PropertyType)
                .Select(m => $"{group.Name}.{m.Name[..^"Async".Length]}"));

        Assert.All(methods, method => Assert.Contains(Calls.Keys, name => name == method || name.StartsWith(method + " ", StringComparison.Ordinal)));
    }
}
