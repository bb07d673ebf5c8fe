using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Inbox;
using Latchkey.Purchases;

namespace Latchkey.Tests.Purchases;

/// <summary>One line of a story: what was said, and when we saw it.</summary>
/// <param name="What">In words; what is said twice in the same words is one entry seen twice.</param>
/// <param name="Source">As of its entry.</param>
/// <param name="Says">Its translation; a read's moment is when it was last seen.</param>
/// <param name="Sights">The moments at which it came, at least one.</param>
/// <param name="Parent">Of which of the purchases that this one rests on; null for the purchase's own.</param>
internal sealed record Line(string What, EntrySource Source, Func<DateTimeOffset, Translation> Says, IReadOnlyList<DateTimeOffset> Sights, string? Parent = null)
{
    private static readonly ConcurrentDictionary<string, (Translation Translation, byte[] RepeatKey)> Known = new();

    private readonly byte[] _repeatKey = Known.GetOrAdd(What, what => (new Translation.Ignored(what), RepeatKey.OfOwn([1], what))).RepeatKey;

    public static Line Ping(string what, Func<JsonObject> payload, IReadOnlyList<DateTimeOffset> sights, string? parent = null)
    {
        // A million lines are told with some ten thousand different bodies.
        var known = Known.GetOrAdd(what, _ =>
        {
            var entry = Acme.Tenant.Entry(payload().ToForm(), Acme.Start);
            return (Translator.Translate(Acme.Tenant, entry), entry.RepeatKey);
        });
        return new Line(what, EntrySource.Ping, _ => known.Translation, sights, parent);
    }

    public Fact Seen(DateTimeOffset first, DateTimeOffset last) =>
        new(new Entry("acme", What, Source, first, first, last, 0, _repeatKey, Acme.Form, null, []), Says(last));

    public override string ToString()
    {
        var text = new StringBuilder(What);
        for (var i = 0; i < Sights.Count; i++)
        {
            text.Append(i == 0 ? ", seen " : " and ").Append(Story.Text(Sights[i]));
        }

        return text.Append(Parent is null ? "" : $" (of the {Parent})").ToString();
    }
}
