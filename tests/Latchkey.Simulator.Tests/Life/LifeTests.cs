using System.Diagnostics;
using System.Text;
using Latchkey.Simulator.Life;

namespace Latchkey.Simulator.Tests.Life;

public sealed class LifeTests(ITestOutputHelper output) : LifeTest
{
    private static readonly ShopLife Small = new() { Buyers = 60, Seed = 3 };

    [Fact]
    public async Task In_a_year_of_a_thousand_buyers_everything_happens_that_Gumroad_tells_apart()
    {
        var started = Stopwatch.GetTimestamp();
        var (gumroad, report) = await LiveAsync(new ShopLife());
        output.WriteLine($"1,000 buyers, 365 days, {gumroad.Attempts.Count} posts: {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        output.WriteLine(string.Join(Environment.NewLine, report.Happened.Concat(report.Delivered).Select(count => $"{count.Value,7} {count.Key}")));

        Assert.All(LifeEvents.All, name => Assert.True(report.Happened[name] >= 3, $"{name}: {report.Happened[name]}"));
        Assert.All(PingResources.All, resource => Assert.True(report.Delivered[resource] >= 3, $"{resource}: {report.Delivered[resource]}"));
        Assert.Equal((0, 0), (report.Failed, report.Dropped));
        Assert.Equal(365, (report.To - report.From).TotalDays);
        Assert.Equal(Receiver.Requests.Count, report.Delivered.Values.Sum());

        // Each of these is a case of its own for a receiver.
        var pings = gumroad.Attempts.Select(attempt => Encoding.UTF8.GetString(attempt.Body.Span)).ToList();
        Assert.All(
            ["url_params%5Baccount%5D=u_", "custom_fields%5B", "variants%5BTier%5D=", "offer_code=", "test=true", "is_recurring_charge=true", "is_preorder_authorization=true",
             "gift_price=", "is_gift_receiver_purchase=true", "is_multiseat_license=true", "recurrence=yearly", "shipping_rate=", "sku_id=", "card%5Btype%5D=paypal", "purchaser_id=",
             "type=upgrade", "type=downgrade", "cancelled_by_buyer=true", "cancelled_by_seller=true", "cancelled_by_admin=true", "cancelled_due_to_payment_failures=true",
             "ended_reason=cancelled", "ended_reason=failed_payment", "ended_reason=fixed_subscription_period_ended", "resource_name=refund&disputed", "refunded=true&resource_name=refund"],
            (string text) => Assert.Contains(pings, body => body.Contains(text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_life_sends_the_same_bytes_at_the_same_times()
    {
        var (first, report) = await LiveAsync(Small);
        var (second, again) = await LiveAsync(Small);
        Assert.Equal(Stream(first), Stream(second));
        Assert.Equal(report.Happened, again.Happened);
        Assert.Equal(report.Delivered, again.Delivered);
    }

    [Fact]
    public async Task Another_seed_is_another_life()
    {
        var (first, _) = await LiveAsync(Small);
        var (second, _) = await LiveAsync(Small with { Seed = 4 });
        Assert.NotEqual(first.Sales.Select(sale => sale.At), second.Sales.Select(sale => sale.At));
        Assert.NotEqual(first.Sales.Select(sale => sale.Permalink), second.Sales.Select(sale => sale.Permalink));
    }

    [Fact]
    public async Task More_buyers_leave_the_lives_of_the_others_as_they_were()
    {
        var (few, _) = await LiveAsync(Small);
        var (many, _) = await LiveAsync(Small with { Buyers = 100 });
        Assert.Equal(Purchases(few), Purchases(many).Take(Purchases(few).Count));
    }

    [Fact]
    public async Task A_life_is_played_by_a_clock_that_stands_still_only()
    {
        var gumroad = await OpenAsync(speed: 1);
        Assert.Contains("Speed = 0", (await Assert.ThrowsAsync<InvalidOperationException>(() => gumroad.LiveAsync(Small, Limit))).Message, StringComparison.Ordinal);
        gumroad.Clock.Speed = 0;
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => gumroad.LiveAsync(Small with { Buyers = 0 }, Limit));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => gumroad.LiveAsync(Small with { Days = 0 }, Limit));
        Assert.Empty(gumroad.Sales);
    }

    [Fact]
    public async Task A_life_needs_something_that_cannot_sell_out()
    {
        var gumroad = await GumroadSimulator.StartAsync(new SimulatorOptions { Speed = 0, Products = [new() { Permalink = "few", Name = "Few", PriceUsdCents = 100, MaxPurchaseCount = 5 }] }, Limit);
        await using (gumroad)
        {
            var e = await Assert.ThrowsAsync<InvalidOperationException>(() => gumroad.LiveAsync(Small, Limit));
            Assert.Equal("Nothing can be bought without a limit; add a published product without MaxPurchaseCount.", e.Message);
        }
    }

    [Fact]
    public async Task A_report_reads_as_the_table_of_the_command_line()
    {
        var (_, report) = await LiveAsync(Small);
        var lines = report.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("2026-01-01 to 2027-01-01", lines[0]);
        Assert.Equal($"{report.Happened[LifeEvents.Sales],8}  sales", lines[1]);
        Assert.Equal($"{report.Happened[LifeEvents.TakenBack],8}  cancellations taken back", lines[1 + LifeEvents.All.ToList().IndexOf(LifeEvents.TakenBack)]);
        Assert.Equal(["", "pings", $"{report.Delivered["sale"],8}  sale"], lines.Skip(1 + LifeEvents.All.Count).Take(3));
        Assert.Equal(["       0  posts not taken", "       0  dropped"], lines[^2..]);
    }

    [Fact]
    public async Task Nobody_goes_on_with_a_life_that_was_given_up()
    {
        var gumroad = await OpenAsync();
        using var stop = new CancellationTokenSource();
        Receiver.Answer = (number, _) => number == 20 ? stop.CancelAsync() : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gumroad.LiveAsync(Small, stop.Token));

        var (until, sales) = (gumroad.Clock.GetUtcNow(), gumroad.Sales.Count);
        await gumroad.AdvanceAsync(TimeSpan.FromDays(365), Limit);
        Assert.InRange(sales, 1, 60);
        Assert.All(gumroad.Sales.Where(sale => sale.At > until), sale => Assert.True(sale.SubscriptionId is not null || sale.IsPreorderAuthorization));
    }

    [Fact]
    public async Task Two_lives_one_after_the_other_are_reported_apart()
    {
        var (gumroad, first) = await LiveAsync(Small with { Days = 30 });
        var second = await gumroad.LiveAsync(Small with { Days = 30, Seed = 9 }, Limit);
        Assert.True(second.From >= first.To);
        Assert.Equal(gumroad.Attempts.Count, first.Delivered.Values.Sum() + second.Delivered.Values.Sum());
    }

    private static List<(string?, DateTimeOffset, string)> Stream(GumroadSimulator gumroad) =>
        [.. gumroad.Attempts.Select(attempt => (attempt.Resource, attempt.At, Encoding.UTF8.GetString(attempt.Body.Span)))];

    private static List<string> Purchases(GumroadSimulator gumroad) =>
    [
        .. gumroad.Sales
            .OrderBy(sale => sale.Email, StringComparer.Ordinal).ThenBy(sale => sale.At).ThenBy(sale => sale.Permalink, StringComparer.Ordinal)
            .Select(sale => $"{sale.Email} {sale.At:s} {sale.Permalink} {sale.Quantity} {sale.PriceUsdCents} {sale.RefundedUsdCents} {sale.Disputed} {sale.DisputeWon}"),
    ];
}
