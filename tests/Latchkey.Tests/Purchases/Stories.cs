using FsCheck;
using FsCheck.Fluent;
using Latchkey.Inbox;
using Latchkey.Purchases;
using Microsoft.FSharp.Core;

namespace Latchkey.Tests.Purchases;

/// <summary>Properties of random stories.</summary>
internal static class Stories
{
    /// <summary>Fails with the shortest story found that has not the property.</summary>
    public static void Check(int seed, int count, Func<Story, bool> property) => Prop
        .ForAll(Arb.From(Gen.Choose(0, int.MaxValue).Select(Storyteller.Tell).Where(IsAboutSomething), s => s.Shorter().Where(IsAboutSomething)), property)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(new FsCheck.Replay(new Rnd((ulong)seed + 1, 17), FSharpOption<int>.None)));

    /// <summary>All that a story says, with what a tenant of three tiers grants for it.</summary>
    public static PurchaseFacts FactsOf(Story story)
    {
        var (told, parents) = story.Told(null);
        return FactMerge.Merge([.. told, .. BakingsOf(story, FactMerge.Merge(told, parents))], parents) with { CanAsk = story.CanAsk };
    }

    /// <summary>What the purchase was granted with, as the rules of a tenant with three tiers would have it.</summary>
    public static List<Fact> BakingsOf(Story story, PurchaseFacts facts) =>
    [
        .. Granting.Of(Batches.Tenant, "pur_1", facts, story.Moments.Max()).Facts.Bakings
            .Select((settings, i) => new Fact(
                new Entry("acme", $"baked{i}", EntrySource.Baked, default, story.Moments.Min(), story.Moments.Min(), 0, [(byte)i], null, null, []),
                new Translation.OfBaking(settings))),
    ];

    private static bool IsAboutSomething(Story story) => story.Lines.Any(l => l.Parent is null && l.Source != EntrySource.Seller);
}
