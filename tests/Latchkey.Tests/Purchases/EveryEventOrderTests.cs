using Latchkey.Inbox;
using Latchkey.Purchases;
using RightsOf = Latchkey.Rights.Rights;

namespace Latchkey.Tests.Purchases;

/// <summary>
/// Random histories of one purchase, of all eight events, reads and the seller's acts, told in any order, any batches and with any
/// repetition: the rights are the same at every moment. What would be wrong is printed as the shortest story that shows it.
/// </summary>
public class EveryEventOrderTests
{
    private const int Histories = 100_000;
    private const int Chunk = 2_500;
    private const int Orders = 20;

    private delegate PurchaseFacts Merging(IReadOnlyCollection<Fact> facts, IReadOnlyList<ParentFacts> parents);

    [Fact]
    public void A_hundred_thousand_histories_give_equal_rights_in_twenty_orders_each()
    {
        var granted = 0;
        Parallel.For(0, Histories / Chunk, new ParallelOptions { MaxDegreeOfParallelism = 2 }, chunk =>
            Stories.Check(chunk, Chunk, story => IsTheSameInEveryOrder(story, FactMerge.Merge, ref granted)));

        // Histories that never give a right, or always do, would test nothing.
        Assert.InRange(granted, Histories / 2, Histories * 99 / 100);
    }

    [Fact]
    public void Folding_after_each_batch_ends_where_folding_all_at_once_does() => Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 2 }, chunk =>
        Stories.Check(1_000 + chunk, 1_000, story =>
        {
            var told = story with { Lines = [.. story.Lines.Where(l => !l.What.Contains("push", StringComparison.Ordinal))] };
            var expected = Batches.Fold(told, null);
            return Enumerable.Range(0, 3).All(n => Batches.Fold(told, new Random(story.Seed + n)) == expected);
        }));

    /// <summary>The test's own test: cancellations of which the one told last stands.</summary>
    [Fact]
    public void A_merge_that_depends_on_order_is_found_and_told_as_a_short_story()
    {
        var granted = 0;
        var error = Assert.ThrowsAny<Exception>(() => Stories.Check(7, Chunk, story => IsTheSameInEveryOrder(story, LastToldCancellation, ref granted)));
        var told = error.Message[(error.Message.IndexOf("Shrunk", StringComparison.Ordinal) + 1)..].Split('\n').Where(l => l.Contains(", seen ", StringComparison.Ordinal)).ToList();
        Assert.InRange(told.Count, 2, 4);
        Assert.Contains(told, l => l.Contains("cancellation", StringComparison.Ordinal));
        Assert.Contains(told, l => l.Contains("sale charge", StringComparison.Ordinal));

        static PurchaseFacts LastToldCancellation(IReadOnlyCollection<Fact> facts, IReadOnlyList<ParentFacts> parents)
        {
            static bool Cancels(Fact fact) => fact.Translation is Translation.OfGumroad { Event: Latchkey.Gumroad.Events.CancellationEvent };
            var last = facts.LastOrDefault(Cancels);
            return FactMerge.Merge([.. facts.Where(f => !Cancels(f) || f == last)], parents);
        }
    }

    private static bool IsTheSameInEveryOrder(Story story, Merging merge, ref int granted)
    {
        var (told, toldParents) = story.Told(null);
        var bakings = Stories.BakingsOf(story, merge(told, toldParents));
        var facts = merge([.. told, .. bakings], toldParents) with { CanAsk = story.CanAsk };
        var moments = story.Moments.Concat(story.Moments.Select(m => RightsOf.At(facts, m).NextChange).OfType<DateTimeOffset>()).Distinct().ToList();
        var expected = moments.Select(m => RightsOf.At(facts, m)).ToList();
        if (expected.Any(r => r.Licenses.Count > 0))
        {
            Interlocked.Increment(ref granted);
        }

        var random = new Random(story.Seed);
        for (var order = 0; order < Orders; order++)
        {
            var (shuffled, parents) = story.Told(random);
            shuffled.InsertRange(random.Next(shuffled.Count + 1), bakings);
            var merged = merge(shuffled, parents) with { CanAsk = story.CanAsk };

            // The first orders are asked at every moment, the others at one each.
            for (var i = order < 3 ? 0 : order % moments.Count; i < moments.Count; i += order < 3 ? 1 : moments.Count)
            {
                if (!SameRights.Are(expected[i], RightsOf.At(merged, moments[i])))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
