using System.Text.Json.Nodes;
using Latchkey.Gumroad.Pings;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class PurchaseStoryTests(SharedServer shared)
{
    private const string Subscription = "sub_story==";

    [Fact]
    public async Task All_eight_events_are_told_in_sentences_that_name_nobody()
    {
        var shop = await shared.OpenShopAsync();
        var sale = Member("c0");
        var purchase = (string)(await shop.DeliverAsync(sale.Form()))["purchase"]!;
        await shop.DeliverAsync(Member("c1", "is_recurring_charge=true").Form());
        await shop.DeliverAsync(Event("subscription_updated", new JsonObject
        {
            ["type"] = "downgrade",
            ["effective_as_of"] = "2027-02-14T09:26:53Z",
            ["old_plan"] = PlanOf("Patron"),
            ["new_plan"] = PlanOf("Reader"),
        }));
        await shop.DeliverAsync(Event("cancellation", new JsonObject { ["cancelled"] = true, ["cancelled_at"] = "2027-01-14T09:26:53Z", ["cancelled_by_buyer"] = true }));
        await shop.DeliverAsync(Event("subscription_ended", new JsonObject { ["ended_at"] = "2027-01-14T09:26:53Z", ["ended_reason"] = "failed_payment" }));
        await shop.DeliverAsync(Event("subscription_restarted", new JsonObject { ["restarted_at"] = "2027-01-15T09:26:53Z" }));
        await shop.DeliverAsync(sale.Form("refund"));
        await shop.DeliverAsync(sale.Form("refund", "refunded"));
        await shop.DeliverAsync(sale.Form("dispute", "disputed"));
        await shop.DeliverAsync(sale.Form("dispute_won", "disputed", "dispute_won"));

        var shown = (await shop.SellerGetAsync($"/purchases/{purchase}")).Must(200);
        Assert.Equal(
            [
                ("sale", "Sold for 5.00 USD."),
                ("sale", "Renewed for 5.00 USD."),
                ("subscription_updated", "Downgraded from Patron, monthly to Reader, monthly, from 2027-02-14 on."),
                ("cancellation", "Cancelled; access is kept until 2027-01-14."),
                ("subscription_ended", "Ended on 2027-01-14: payments failed."),
                ("subscription_restarted", "Restarted on 2027-01-15."),
                ("refund", "Refunded in part; access is kept."),
                ("refund", "Refunded in full."),
                ("dispute", "The buyer disputed the charge."),
                ("dispute_won", "The dispute was won."),
            ],
            shown["timeline"]!.AsArray().Select(t => ((string)t!["what"]!, (string)t["summary"]!)));
        Assert.DoesNotContain(sale.Email, shown["timeline"]!.ToJsonString(), StringComparison.Ordinal);
        var first = shown["sales"]!.AsArray().Single(s => (string?)s!["sale_id"] == sale.Id)!;
        Assert.Equal(
            ("Patron", "monthly", false, true, true, true, 1),
            ((string?)first["tier"], (string?)first["recurrence"], (bool)first["recurring"]!, (bool)first["refunded"]!, (bool)first["disputed"]!, (bool)first["dispute_won"]!, (int)first["quantity"]!));
        Assert.Contains(shown["sales"]!.AsArray(), s => (bool)s!["recurring"]!);
    }

    [Fact]
    public async Task Only_a_plain_renewal_is_called_one()
    {
        var shop = await shared.OpenShopAsync();
        var purchase = (string)(await shop.DeliverAsync(Member("m0", "sale_timestamp=2026-01-01T09:00:00Z").Form()))["purchase"]!;
        Task Charge(string id, string at) => shop.DeliverAsync(Member(id, "is_recurring_charge=true", "price=2000", $"sale_timestamp={at}").Form());
        await Charge("m1", "2026-02-01T09:00:00Z");
        await Charge("m2", "2026-02-10T09:00:20Z");
        await shop.DeliverAsync(Event("subscription_updated", new JsonObject
        {
            ["type"] = "upgrade",
            ["effective_as_of"] = "2026-02-10T09:00:00Z",
            ["old_plan"] = PlanOf("Reader"),
            ["new_plan"] = PlanOf("Patron"),
        }));
        await shop.DeliverAsync(Event("subscription_restarted", new JsonObject { ["restarted_at"] = "2026-03-15T09:00:00Z" }));
        await Charge("m3", "2026-03-15T09:00:10Z");
        var told = (await shop.SellerGetAsync($"/purchases/{purchase}")).Must(200)["timeline"]!.AsArray().Where(t => (string?)t!["what"] == "sale").Select(t => (string)t!["summary"]!);
        Assert.Equal(["Sold for 5.00 USD.", "Renewed for 20.00 USD.", "Charged 20.00 USD for the change of plan.", "Charged 20.00 USD."], told);
    }

    [Fact]
    public async Task An_end_that_comes_with_a_dispute_says_so()
    {
        var shop = await shared.OpenShopAsync();
        var sale = Member("d0");
        var purchase = (string)(await shop.DeliverAsync(sale.Form()))["purchase"]!;
        await shop.DeliverAsync(sale.Form("dispute", "disputed"));
        var now = shop.Server.Time.GetUtcNow().UtcDateTime;
        await shop.DeliverAsync(Event("subscription_ended", new JsonObject { ["ended_at"] = now.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture), ["ended_reason"] = "cancelled" }));
        var told = (await shop.SellerGetAsync($"/purchases/{purchase}")).Must(200)["timeline"]!.AsArray();
        Assert.Equal($"Ended on {now:yyyy-MM-dd}, after the dispute.", (string?)told[^1]!["summary"]);
    }

    [Fact]
    public async Task What_the_seller_does_is_told_too()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        foreach (var verb in new[] { "suspend", "reinstate", "reissue" })
        {
            await shop.ActAsync(sold, verb);
        }

        (await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/suspend", new JsonObject { ["reason"] = "abuse" })).Must(200);
        var shown = (await shop.SellerGetAsync($"/purchases/{(await shop.LicenseAsync(sold))["purchase"]}")).Must(200);
        Assert.Equal(
            ["The seller suspended it.", "The seller reinstated it.", "The seller had its key reissued.", "The seller blocked it for abuse."],
            shown["timeline"]!.AsArray().Skip(1).Select(t => (string)t!["summary"]!));
        Assert.Equal("abuse", (string?)shown["holds"]![0]!["name"]);
    }

    [Fact]
    public async Task States_are_those_of_the_contract()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server);
        var now = server.Time.GetUtcNow();
        string At(int days) => now.AddDays(days).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        var purchase = (string)(await shop.DeliverAsync(Member("c0").Form()))["purchase"]!;
        async Task<string?> StateAsync() => (string?)(await shop.SellerGetAsync($"/purchases/{purchase}")).Must(200)["state"];

        Assert.Equal("active", await StateAsync());
        await shop.DeliverAsync(Event("cancellation", new JsonObject { ["cancelled"] = true, ["cancelled_at"] = At(20), ["cancelled_by_buyer"] = true }));
        Assert.Equal("cancelling", await StateAsync());
        server.Advance(TimeSpan.FromDays(20.1));
        await Eventually.HoldsAsync(async () => await StateAsync() == "ended", "the membership did not end by itself");
        await shop.DeliverAsync(Event("subscription_restarted", new JsonObject { ["restarted_at"] = At(21) }));
        Assert.Equal("active", await StateAsync());
        server.Advance(TimeSpan.FromHours(1)); // closer together, the restart would stand
        await shop.DeliverAsync(Event("cancellation", new JsonObject { ["cancelled"] = true, ["cancelled_at"] = At(22), ["cancelled_due_to_payment_failures"] = true }));
        server.Advance(TimeSpan.FromDays(2.5));
        await Eventually.HoldsAsync(async () => await StateAsync() == "past_due", "billing grace did not begin");
    }

    private static Sale Member(string id, params string[] with) => Sale.New(
        [$"sale_id={id}", $"subscription_id={Subscription}", "recurrence=monthly", "price=500", "variants[Tier]=Patron", "email=member@example.org", "license_key=", .. with]);

    private static JsonObject PlanOf(string tier) => new() { ["recurrence"] = "monthly", ["price_cents"] = 500, ["quantity"] = 1, ["tier"] = new JsonObject { ["id"] = tier, ["name"] = tier } };

    private static byte[] Event(string resource, JsonObject fields)
    {
        fields["resource_name"] = resource;
        fields["subscription_id"] = Subscription;
        fields["product_id"] = Sale.Product.ProductId;
        fields["user_email"] = "member@example.org";
        return PingEncoder.ToForm(fields);
    }
}
