using System.Globalization;
using Latchkey.Inbox;
using Latchkey.Purchases;

namespace Latchkey.Tests.Purchases;

/// <summary>All that was said about one purchase and what it rests on, and the moments at which its rights are asked.</summary>
internal sealed record Story(int Seed, bool CanAsk, IReadOnlyList<Line> Lines, IReadOnlyList<DateTimeOffset> Moments)
{
    public static string Text(DateTimeOffset at) => at.ToString(at.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Its facts as an inbox has them once all was told in some order: a repeat moves the first and last sight of its entry.</summary>
    public (List<Fact> Facts, List<ParentFacts> Parents) Told(Random? order)
    {
        var seen = Sightings(order);
        var entries = new Dictionary<Line, (DateTimeOffset First, DateTimeOffset Last)>(Lines.Count, ReferenceEqualityComparer.Instance);
        foreach (var (line, at) in seen)
        {
            entries[line] = entries.TryGetValue(line, out var known) ? (at < known.First ? at : known.First, at > known.Last ? at : known.Last) : (at, at);
        }

        return Split(entries.Select(e => (e.Key, e.Key.Seen(e.Value.First, e.Value.Last))));
    }

    /// <summary>Every sight of every line, shuffled.</summary>
    public List<(Line Line, DateTimeOffset At)> Sightings(Random? order)
    {
        var all = Lines.SelectMany(l => l.Sights.Select(at => (l, at))).ToArray();
        order?.Shuffle(all);
        return [.. all];
    }

    public static (List<Fact> Facts, List<ParentFacts> Parents) Split(IEnumerable<(Line Line, Fact Fact)> told)
    {
        var own = new List<Fact>();
        var parents = new Dictionary<string, List<Fact>>();
        foreach (var (line, fact) in told)
        {
            if (line.Parent is not { } parent)
            {
                own.Add(fact);
            }
            else if (!parents.TryAdd(parent, [fact]))
            {
                parents[parent].Add(fact);
            }
        }

        return (own, [.. parents.Select(p => new ParentFacts(p.Key == "bundle" ? LinkKinds.Bundle : LinkKinds.Gift, p.Key, FactMerge.ChargesOf(p.Value)))]);
    }

    /// <summary>Shorter stories that may fail alike: a line less, or a sight less.</summary>
    public IEnumerable<Story> Shorter()
    {
        for (var i = 0; i < Lines.Count; i++)
        {
            yield return this with { Lines = [.. Lines.Where((_, n) => n != i)] };
        }

        for (var i = 0; i < Lines.Count; i++)
        {
            if (Lines[i].Sights.Count > 1)
            {
                var line = Lines[i];
                yield return this with { Lines = [.. Lines.Select(l => l == line ? l with { Sights = [.. l.Sights.SkipLast(1)] } : l)] };
            }
        }
    }

    public override string ToString() => string.Join('\n',
    [
        $"\nStory {Seed}, in which Gumroad can {(CanAsk ? "" : "not ")}be asked:",
        .. Lines.OrderBy(l => l.Sights.Min()).Select(l => "  " + l),
        $"  asked at {string.Join(", ", Moments.Select(Text))}",
    ]);
}
