using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Latchkey.Outbox;

namespace Latchkey.Tests.Purchases;

/// <summary>Folding after each ping, in any order, ends where folding in any other order ends.</summary>
public class FolderOrderTests
{
    private static readonly Dictionary<string, Func<JsonObject>> Said = new()
    {
        ["sale"] = () => Ping.Sale(),
        ["partial refund"] = () => Ping.PartialRefund(),
        ["refund"] = () => Ping.Refund(),
        ["dispute"] = () => Ping.Dispute(),
        ["dispute won"] = () => Ping.DisputeWon(),
    };

    private static readonly Gen<(string[] Steps, string[] Shuffled)> Pairs =
        from steps in Gen.SubListOf<string>(Said.Keys.ToArray())
        where steps.Count > 0
        from first in Gen.Shuffle(steps.ToArray())
        from second in Gen.Shuffle(steps.ToArray())
        select (first, second);

    [Fact]
    public void Any_batching_ends_in_the_same_rows_and_the_key_is_announced_at_most_once() => Prop.ForAll(Pairs.ToArbitrary(), pair =>
    {
        var (one, other) = (Told(pair.Steps), Told(pair.Shuffled));
        return End(one) == End(other)
            && one.Told.Count(kind => kind == OutboxKinds.LicenseIssued) <= 1
            && one.Told.Contains(OutboxKinds.LicenseIssued) == one.Last!.Licenses.Any(l => l.Issued)
            && one.BakedTimes == (pair.Steps.Contains("sale") ? 1 : 0);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Book Told(string[] steps)
    {
        var book = new Book();
        foreach (var step in steps)
        {
            book.Clock.Now += TimeSpan.FromMinutes(1);
            book.Say(Said[step]());
        }

        return book;
    }

    /// <summary>What a replay must give again; whether it was ever usable on the way there is history, not a right.</summary>
    private static string End(Book book) => string.Join('\n', book.Last!.Licenses
        .Select(l => $"{l.Id} {l.FoldedState} {string.Join(',', l.Terms.Holds)} {l.Terms.StartsAt:O} {l.Email} {l.KeyMasked} {l.ActivationLimit}")
        .Prepend($"{book.Last.Purchase.Id} {book.Last.Purchase.State} {book.Last.Purchase.HeldFor}"));
}
