using System.Text;

namespace Latchkey.Simulator.Tests.Checkout;

public sealed class RepetitionTests : ShopTest
{
    [Fact]
    public async Task The_same_seed_and_the_same_year_send_the_same_bytes_at_the_same_times()
    {
        var one = await YearAsync(7);
        Assert.Equal(one, await YearAsync(7));
        Assert.NotEqual(one, await YearAsync(8));
        Assert.True(one.Count > 60, $"only {one.Count} pings in a whole year");
    }

    private async Task<IReadOnlyList<string>> YearAsync(int seed)
    {
        var simulator = await SubscribedAsync(new SimulatorOptions
        {
            Speed = 0,
            StartAt = Start,
            Seed = seed,
            ShopUrl = new Uri("https://shop.example/"),
            Products = [BookProduct with { ReleaseAt = Start.AddDays(100) }, ClubProduct],
        });
        for (var day = 0; day < 10; day++)
        {
            await simulator.BuyAsync(Book, Limit);
            var member = await simulator.BuyAsync(Membership with { Recurrence = day % 2 == 0 ? "monthly" : "yearly" }, Limit);
            await simulator.DeclineCardAsync(member.SubscriptionId!, declines: day == 4, Limit);
            await simulator.AdvanceAsync(TimeSpan.FromDays(1), Limit);
        }

        await simulator.CancelAsync(simulator.Memberships[0].SubscriptionId, ct: Limit);
        await simulator.AdvanceAsync(TimeSpan.FromDays(355), Limit);
        await simulator.WhenQuietAsync(Limit);
        return [.. simulator.Attempts.Select(attempt => $"{attempt.At:O} {Encoding.UTF8.GetString(attempt.Body.Span)}")];
    }
}
