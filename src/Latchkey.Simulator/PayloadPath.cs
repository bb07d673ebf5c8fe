using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Latchkey.Simulator;

/// <summary>Applies <c>field=value</c>, where the field may go inwards: <c>custom_fields[Name]</c>, <c>card.visual</c>, <c>purchase_ids[]</c>.</summary>
internal static class PayloadPath
{
    public static void Set(JsonObject payload, string assignment)
    {
        var (path, value) = Split(assignment);
        var map = payload;
        for (var i = 0; i < path.Count - 1; i++)
        {
            if (path[i + 1].Length == 0 && i + 2 == path.Count)
            {
                Append(map, path[i], value);
                return;
            }

            if (map[path[i]] is not JsonObject inner)
            {
                map[path[i]] = inner = [];
            }

            map = inner;
        }

        map[path[^1]] = Typed(value, map[path[^1]]);
    }

    private static void Append(JsonObject map, string name, string value)
    {
        if (map[name] is not JsonArray list)
        {
            map[name] = list = [];
        }

        list.Add((JsonNode)value);
    }

    // A number or a boolean stays one if the text allows it, so that the JSON form keeps its types.
    private static JsonNode Typed(string value, JsonNode? before) => before?.GetValueKind() switch
    {
        JsonValueKind.Number when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        JsonValueKind.True or JsonValueKind.False when bool.TryParse(value, out var flag) => flag,
        _ => value,
    };

    private static (List<string> Path, string Value) Split(string text)
    {
        var path = new List<string>();
        var at = 0;
        while (at < text.Length && text[at] != '=')
        {
            if (text[at] == '[')
            {
                var close = text.IndexOf(']', at);
                path.Add(close < 0 ? throw Malformed() : text[(at + 1)..close]);
                at = close + 1;
                continue;
            }

            at += text[at] == '.' && path.Count > 0 ? 1 : 0;
            var end = text.AsSpan(at).IndexOfAny(".[=") is var length and >= 0 ? at + length : text.Length;
            path.Add(end > at ? text[at..end] : throw Malformed());
            at = end;
        }

        return at < text.Length && path.Count > 0 ? (path, text[(at + 1)..]) : throw Malformed();
    }

    private static ArgumentException Malformed() => new("An override is written field=value, for instance email=a@example.com or custom_fields[Name]=Mara.");
}
