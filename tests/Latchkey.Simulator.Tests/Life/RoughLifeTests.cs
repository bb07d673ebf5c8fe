using System.Globalization;
using System.Text;
using Latchkey.Simulator.Faults;
using Latchkey.Simulator.Life;

namespace Latchkey.Simulator.Tests.Life;

/// <summary>The same life over a bad line.</summary>
public sealed class RoughLifeTests : LifeTest
{
    private static readonly ShopLife Life = new() { Buyers = 250, Seed = 5 };

    // Facts are told apart as a receiver would: by ids, flags and times, never by the whole body or its retry_count.
    //
    // A ping that is held back keeps the snapshot it was built with, so delay, lateness and repetition change no fact. The one dial
    // that can is "stale": it builds the payload when the thing happens instead of 5 or 10 seconds later. Within these seconds nothing
    // else happens to the sale or membership here, so all keys stay the same but one: restarted_at is by definition the time of
    // building, and is then 5 s earlier.
    [Fact]
    public async Task All_faults_together_change_order_and_number_of_pings_but_no_fact()
    {
        var (clean, _) = await LiveAsync(Life);
        var (rough, report) = await LiveAsync(Life, FaultDials.Rough);
        var expected = await FactsAsync(clean, attempt => attempt.Delivered, restarts: null);
        var arrived = await FactsAsync(rough, attempt => attempt.Delivered, expected);
        var dropped = await FactsAsync(rough, attempt => attempt.Failure == PingAttempt.Dropped, expected);

        Assert.Equal(expected.Order(StringComparer.Ordinal).Distinct(), arrived.Concat(dropped).Order(StringComparer.Ordinal).Distinct());
        Assert.NotEmpty(dropped);
        Assert.NotEmpty(expected.Except(arrived));
        Assert.Equal(dropped.Count, report.Dropped);
        Assert.True(arrived.Count > expected.Count, "Nothing came twice.");

        var inOrder = arrived.Distinct().ToList();
        Assert.NotEqual(expected.Distinct().Where(inOrder.Contains), inOrder);
        Assert.All(["refund", "dispute", "subscription_ended"], (string resource) => Assert.Contains(arrived, fact => fact.StartsWith(resource, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_faults_strike_the_same_pings_again()
    {
        var small = Life with { Buyers = 40 };
        var (first, _) = await LiveAsync(small, FaultDials.Rough);
        var (second, _) = await LiveAsync(small, FaultDials.Rough);
        Assert.Equal(first.Attempts.Select(Line), second.Attempts.Select(Line));

        static string Line(PingAttempt attempt) => $"{attempt.At:O} {attempt.Failure} {Encoding.UTF8.GetString(attempt.Body.Span)}";
    }

    // What was held back makes the rough life last up to three days longer; both go on to the same day, and from the end without faults.
    private static async Task<List<string>> FactsAsync(GumroadSimulator gumroad, Func<PingAttempt, bool> which, IReadOnlyCollection<string>? restarts)
    {
        gumroad.Faults = FaultDials.None;
        await gumroad.AdvanceToAsync(new DateTimeOffset(2027, 1, 15, 0, 0, 0, TimeSpan.Zero), Limit);
        await gumroad.WhenQuietAsync(Limit);
        var known = restarts?.ToHashSet(StringComparer.Ordinal);
        return [.. gumroad.Attempts.Where(which).Select(attempt => Fact(attempt, known))];
    }

    private static string Fact(PingAttempt attempt, HashSet<string>? known)
    {
        var ping = Encoding.UTF8.GetString(attempt.Body.Span).Split('&').Select(pair => pair.Split('=')).ToLookup(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        var resource = ping["resource_name"].Last();
        switch (resource)
        {
            case "sale":
                // The flat sale_id may be a custom field of the buyer; order_number says the same.
                return $"sale {ping["order_number"].Last()}";
            case "refund" or "dispute" or "dispute_won":
                return $"{resource} {ping["order_number"].Last()} {ping["refunded"].Last()} {ping["disputed"].Last()} {ping["dispute_won"].Last()}";
            case "cancellation":
                return $"cancellation {ping["subscription_id"].Last()} {ping["cancelled_at"].Last()}";
            case "subscription_ended":
                return $"subscription_ended {ping["subscription_id"].Last()} {ping["ended_at"].Last()} {ping["ended_reason"].Last()}";
            case "subscription_restarted":
                var at = DateTimeOffset.Parse(ping["restarted_at"].Last(), CultureInfo.InvariantCulture);
                var later = Restart(at.AddSeconds(5));
                return known?.Contains(later) is true ? later : Restart(at);
            default:
                return $"{resource} {ping["subscription_id"].Last()} {ping["effective_as_of"].Last()} "
                    + string.Join(' ', ping.Where(pair => pair.Key.StartsWith("old_plan", StringComparison.Ordinal) || pair.Key.StartsWith("new_plan", StringComparison.Ordinal)).Select(pair => pair.Single()));
        }

        string Restart(DateTimeOffset time) => $"subscription_restarted {ping["subscription_id"].Last()} {time:O}";
    }
}
