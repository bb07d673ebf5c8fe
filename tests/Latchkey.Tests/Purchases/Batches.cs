using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Latchkey.Tests.Rights;

namespace Latchkey.Tests.Purchases;

/// <summary>A story told in batches to the real folder, which keeps what a store keeps between folds.</summary>
internal static class Batches
{
    private static readonly Installation Installation = Acme.Installation();

    /// <summary>Sells three tiers; what is of none of them is a Reader.</summary>
    public static TenantContext Tenant { get; } = Situation.Club with
    {
        Rules = Situation.Club.Rules with { Rules = [.. Situation.Club.Rules.Rules, Acme.ProRule with { KeyType = "reader" }] },
    };

    /// <returns>The rows it ends with, as text.</returns>
    /// <param name="story">What is told.</param>
    /// <param name="order">Null: everything at once.</param>
    public static string Fold(Story story, Random? order)
    {
        var clock = new Clock(default);
        var folder = new Folder(new TenantDirectory(null!, Installation), Installation, clock);
        var tenant = story.CanAsk ? Tenant with { Integration = Tenant.Integration with { SealedGumroadToken = [1] } } : Tenant;
        var end = story.Moments.Concat(story.Lines.SelectMany(l => l.Sights)).Max();
        var entries = new Dictionary<Line, (DateTimeOffset First, DateTimeOffset Last)>(ReferenceEqualityComparer.Instance);
        var baked = new List<Fact>();
        PurchaseChange? last = null;

        var sightings = story.Sightings(order);
        for (var i = 0; i < sightings.Count; i++)
        {
            var (line, at) = sightings[i];
            entries[line] = entries.TryGetValue(line, out var known) ? (at < known.First ? at : known.First, at > known.Last ? at : known.Last) : (at, at);
            clock.Now = i == sightings.Count - 1 ? end : clock.Now > at ? clock.Now : at;
            if (i < sightings.Count - 1 && order?.Next(2) is null or 0)
            {
                continue;
            }

            var (facts, parents) = Story.Split(entries.Select(e => (e.Key, e.Key.Seen(e.Value.First, e.Value.Last))));
            if (facts.All(f => f.Translation.GumroadName is null))
            {
                continue;
            }

            last = folder.Fold(tenant, new PurchaseBefore("pur_1", last?.Purchase, last?.Licenses ?? []), [.. facts, .. baked], parents);
            baked.AddRange(last.Baked.Select(e => new Fact(e, Translator.Translate(tenant, e))));
        }

        return last is null ? "nothing" : Rows(last);
    }

    /// <summary>What a replay must give again; whether it was ever usable on the way there is history, not a right.</summary>
    private static string Rows(PurchaseChange change) => string.Join('\n',
    [
        JsonSerializer.Serialize(change.Purchase with { FoldedAt = default }),
        .. change.Licenses.Select(l => JsonSerializer.Serialize(l with { Issued = false })),
    ]);
}
