using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>Puts form and query pairs where Rails puts them: <c>a[b]=</c> goes into a map, <c>a[]=</c> onto a list, <c>a[][b]=</c> into maps on a list.</summary>
internal static class NestedNames
{
    public static void Set(JsonObject into, string name, string value)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        var head = open > 0 ? name[..open] : name;
        var rest = open > 0 ? name[open..] : "";
        if (rest.Length == 0 || rest.IndexOf(']', StringComparison.Ordinal) < 0)
        {
            into[name] = value;
        }
        else if (rest == "[]")
        {
            ListAt(into, head).Add((JsonNode)value);
        }
        else if (rest.StartsWith("[]", StringComparison.Ordinal))
        {
            Append(ListAt(into, head), Unwrap(rest[2..]), value);
        }
        else
        {
            Set(MapAt(into, head), Unwrap(rest), value);
        }
    }

    // The next map starts when the last one has the name already.
    private static void Append(JsonArray list, string name, string value)
    {
        if (list.LastOrDefault() is not JsonObject last || (last.ContainsKey(name) && !name.Contains('[', StringComparison.Ordinal)))
        {
            list.Add((JsonNode)(last = []));
        }

        Set(last, name, value);
    }

    // [a][b] becomes a[b]
    private static string Unwrap(string brackets)
    {
        var close = brackets.IndexOf(']', StringComparison.Ordinal);
        return brackets.StartsWith('[') && close > 0 ? brackets[1..close] + brackets[(close + 1)..] : brackets;
    }

    private static JsonArray ListAt(JsonObject map, string name)
    {
        if (map[name] is not JsonArray list)
        {
            map[name] = list = [];
        }

        return list;
    }

    private static JsonObject MapAt(JsonObject map, string name)
    {
        if (map[name] is not JsonObject inner)
        {
            map[name] = inner = [];
        }

        return inner;
    }
}
