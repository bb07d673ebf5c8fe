using System.Net;
using System.Text;
using Latchkey.AspNetCore.GumroadPings;
using Latchkey.Gumroad.Events;
using Latchkey.Gumroad.Pings;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>Whatever comes to the right address reaches the method that is for it, once, and is answered 200.</summary>
public sealed class TypedEventTests : IAsyncLifetime
{
    private PingApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await PingApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_sale_reaches_its_method_with_typed_values()
    {
        var sale = await TakenAsync<SaleEvent>("sale", PingBodies.Sale);
        Assert.Equal(
            ("clM3jqGMmb-9kRYDu19z0w==", 2500L, 1, "mara.ito@example.org", "EF8F9E9E-1BF44E7C-AEA6B1CA-67C9D311"),
            (sale.SaleId, sale.PriceUsdCents, sale.Quantity, sale.Email, sale.LicenseKey));
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero), sale.SaleTimestamp);
        Assert.Equal((false, "visa"), (sale.Refunded, sale.Card?.Type));
    }

    [Fact]
    public async Task A_refund_reaches_its_method()
    {
        var refund = await TakenAsync<RefundEvent>("refund", PingBodies.FullRefund);
        Assert.Equal(("clM3jqGMmb-9kRYDu19z0w==", true), (refund.SaleId, refund.Refunded));
    }

    [Fact]
    public async Task A_dispute_reaches_its_method()
    {
        var dispute = await TakenAsync<DisputeEvent>("dispute", "27_dispute");
        Assert.Equal(("YVUm8XM0ZItQLUSU9OCoLQ==", true, false), (dispute.SaleId, dispute.Disputed, dispute.DisputeWon));
    }

    [Fact]
    public async Task A_dispute_that_was_won_reaches_its_method()
    {
        var won = await TakenAsync<DisputeWonEvent>("dispute_won", "28_dispute_won");
        Assert.Equal(("mara+gum%road@example.org", true, true), (won.Email, won.Disputed, won.DisputeWon));
    }

    [Fact]
    public async Task A_cancellation_reaches_its_method()
    {
        var cancellation = await TakenAsync<CancellationEvent>("cancellation", "29_cancellation_by_buyer");
        Assert.Equal(
            ("ydTTAJ3ViGTU6i1e3FhuFw==", CancelledBy.Buyer, new DateTimeOffset(2026, 5, 14, 9, 26, 53, TimeSpan.Zero)),
            (cancellation.SubscriptionId, cancellation.By, cancellation.CancelledAt));
        Assert.Equal(2, cancellation.PurchaseIds.Count);
    }

    [Fact]
    public async Task A_change_of_plan_reaches_its_method()
    {
        var updated = await TakenAsync<SubscriptionUpdatedEvent>("subscription_updated", "31_subscription_updated_upgrade");
        Assert.Equal((PlanChange.Upgrade, 3, 5), (updated.Type, updated.OldPlan?.Quantity, updated.NewPlan?.Quantity));
    }

    [Fact]
    public async Task A_subscriptions_end_reaches_its_method()
    {
        var ended = await TakenAsync<SubscriptionEndedEvent>("subscription_ended", "33_subscription_ended_fixed_period");
        Assert.Equal((SubscriptionEndReason.FixedPeriodEnded, 12), (ended.Reason, ended.ChargeOccurrenceCount));
    }

    [Fact]
    public async Task A_subscriptions_restart_reaches_its_method()
    {
        var restarted = await TakenAsync<SubscriptionRestartedEvent>("subscription_restarted", "34_subscription_restarted");
        Assert.Equal(new DateTimeOffset(2026, 5, 2, 8, 0, 0, TimeSpan.Zero), restarted.RestartedAt);
    }

    [Fact]
    public async Task Json_is_read_like_a_form()
    {
        Assert.Equal(HttpStatusCode.OK, await _app.PostAsync(PingBodies.Json("j01_sale"), PingBodies.JsonType + "; charset=utf-8"));
        var sale = _app.Heard.Only<SaleEvent>("sale");
        Assert.Equal(("nHgFZEvB3NRki8lgwofm0g==", 2500L, "Mara <Ito> & Co"), (sale.SaleId, sale.PriceUsdCents, sale.FullName));
        Assert.Equal("[A-1]", sale.CustomFields["Order [ref] #"]);
    }

    [Fact]
    public async Task The_test_button_has_a_method_of_its_own_and_is_told_at_every_press()
    {
        var button = PingBodies.Form("18_test_ping_button");
        Assert.Equal(HttpStatusCode.OK, await _app.PostAsync(button));
        Assert.Equal("true", _app.Heard.Only<PingMap>("test").Text("test"));
        Assert.Equal(HttpStatusCode.OK, await _app.PostAsync(button));
        Assert.Equal(["test", "test"], _app.Heard.All.Select(h => h.Method));
    }

    [Fact]
    public async Task The_seller_buying_their_own_product_is_a_sale()
    {
        var sale = await TakenAsync<SaleEvent>("sale", "17_sale_test_purchase");
        Assert.True(sale.IsTest);
    }

    [Fact]
    public async Task The_address_names_the_event_only_when_the_body_does_not()
    {
        const string unnamed = "sale_id=abc&product_id=def&price=100";
        Assert.Equal(HttpStatusCode.OK, await _app.PostAsync(unnamed, query: "&resource=refund"));
        Assert.Equal("abc", _app.Heard.Only<RefundEvent>("refund").SaleId);
        Assert.Equal(HttpStatusCode.OK, await _app.PostAsync(unnamed + "&resource_name=dispute", query: "&resource=refund"));
        Assert.Equal("dispute", _app.Heard.All.Last().Method);
    }

    [Theory]
    [InlineData("resource_name=payout&sale_id=abc&product_id=def", PingBodies.FormType, "unknown_resource")]
    [InlineData("sale_id=abc&product_id=def", PingBodies.FormType, "unknown_resource")]
    [InlineData("", PingBodies.FormType, "unknown_resource")]
    [InlineData("resource_name=sale&product_id=def", PingBodies.FormType, "missing_sale_id")]
    [InlineData("resource_name=sale&sale_id=a%20b&product_id=def", PingBodies.FormType, "bad_name")]
    [InlineData("resource_name=sale&sale_id=abc&product_id=def&full_name=%FF", PingBodies.FormType, "broken_encoding")]
    [InlineData("{\"resource_name\":", PingBodies.JsonType, "broken_json")]
    [InlineData("<sale/>", "text/xml", "unknown_content_type")]
    public async Task What_is_not_understood_is_told_with_its_reason_and_answered_200(string body, string type, string reason)
    {
        Assert.Equal(HttpStatusCode.OK, await _app.PostAsync(body, type));
        var riddle = _app.Heard.Only<Riddle>("not_understood");
        Assert.Equal((reason, body), (riddle.Reason, Encoding.UTF8.GetString(riddle.Body)));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_told_in_part_and_answered_200()
    {
        var body = Encoding.UTF8.GetBytes("resource_name=sale&sale_id=abc&product_id=def&full_name=" + new string('x', 300_000));
        Assert.Equal(HttpStatusCode.OK, await _app.PostAsync(body));
        var riddle = _app.Heard.Only<Riddle>("not_understood");
        Assert.Equal(("too_large", 262_144), (riddle.Reason, riddle.Body.Length));
        Assert.True(body.AsSpan().StartsWith(riddle.Body));
    }

    [Fact]
    public async Task The_limit_of_a_body_can_be_lowered()
    {
        await using var app = await PingApp.StartAsync(options => options.MaxBodyBytes = 1024);
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync("resource_name=sale&sale_id=abc&product_id=def&full_name=" + new string('x', 1024)));
        Assert.Equal(("too_large", 1024), (app.Heard.Only<Riddle>("not_understood") is var riddle ? riddle.Reason : "", riddle.Body.Length));
    }

    [Fact]
    public async Task What_a_handler_does_not_override_is_done_at_once()
    {
        await using var idle = await PingApp.StartAsync(b => b.Services.AddGumroadPings<Idle>(), a => a.MapGumroadPings(PingApp.Path));
        string[] names = [PingBodies.Sale, PingBodies.FullRefund, "27_dispute", "28_dispute_won", "29_cancellation_by_buyer", "31_subscription_updated_upgrade",
            "33_subscription_ended_fixed_period", "34_subscription_restarted", "18_test_ping_button"];
        foreach (var name in names)
        {
            Assert.Equal(HttpStatusCode.OK, await idle.PostAsync(PingBodies.Form(name)));
        }

        Assert.Equal(HttpStatusCode.OK, await idle.PostAsync("a=b"));
    }

    [Fact]
    public async Task Each_ping_has_a_scope_of_its_own()
    {
        await using var app = await PingApp.StartAsync(
            b => b.Services.AddScoped<Pass>().AddGumroadPings<Doorman>(), a => a.MapGumroadPings(PingApp.Path));
        await app.PostAsync(PingBodies.Form(PingBodies.Sale));
        await app.PostAsync(PingBodies.Form(PingBodies.FullRefund));
        var passes = app.Heard.All.Select(h => Assert.IsType<Pass>(h.What)).ToList();
        Assert.Equal(2, passes.Distinct().Count());
        Assert.All(passes, p => Assert.True(p.Disposed));
    }

    private async Task<T> TakenAsync<T>(string method, string name)
    {
        Assert.Equal(HttpStatusCode.OK, await _app.PostAsync(PingBodies.Form(name)));
        return _app.Heard.Only<T>(method);
    }

    private sealed class Pass : IDisposable
    {
        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }

    private sealed class Doorman(Heard heard, Pass pass) : GumroadPingHandler
    {
        public override Task OnSaleAsync(SaleEvent sale, CancellationToken ct) => heard.TellAsync("sale", pass, ct);

        public override Task OnRefundAsync(RefundEvent refund, CancellationToken ct) => heard.TellAsync("refund", pass, ct);
    }
}
