using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>A part of a list.</summary>
internal static class Page
{
    /// <summary>At most <paramref name="size"/> items from <paramref name="start"/> on, and the key of the next ones if there are any.</summary>
    public static ApiAnswer Of<T>(ApiCall call, string name, IReadOnlyList<T> items, int start, int size, Func<T, JsonNode> write, Func<T, PageKey> key)
    {
        var shown = items.Skip(start).Take(size).ToList();
        var answer = ApiAnswer.With(name, new JsonArray([.. shown.Select(write)]));
        if (items.Count > start + size)
        {
            key(shown[^1]).AddTo(answer.Body!, call.Request);
        }

        return answer;
    }

    /// <summary>The index behind the item that the call's <c>page_key</c> names, 0 without one, null for a malformed one.</summary>
    /// <remarks>An item that is gone leaves its place: the list goes on with the next older one.</remarks>
    public static int? Start<T>(ApiCall call, IReadOnlyList<T> items, Func<T, PageKey> key)
    {
        if (call.Parameters.Text("page_key") is not { } text)
        {
            return 0;
        }

        if (!PageKey.TryParse(text, out var last))
        {
            return null;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var here = key(items[i]);
            if (here.Number == last!.Number)
            {
                return i + 1;
            }

            if (here.At < last.At)
            {
                return i;
            }
        }

        return items.Count;
    }
}
