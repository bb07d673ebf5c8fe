using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Latchkey.Gumroad.Pings;

/// <summary>
/// Writes a payload byte for byte as Gumroad does. Forms follow <c>HTTParty::HashConversions</c>, the encoder
/// Gumroad posts with; JSON follows Rails' default escapes.
/// </summary>
public static class PingEncoder
{
    /// <summary>
    /// The body of an <c>application/x-www-form-urlencoded</c> ping: keys in the payload's order, everything but
    /// letters, digits and <c>-_.~</c> percent-encoded, null as empty text, brackets inside a name hidden as
    /// <c>%5B</c> and <c>%5D</c> before encoding. Within one outer key plain values come before deeper maps.
    /// </summary>
    public static byte[] ToForm(JsonObject payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var form = new StringBuilder();
        foreach (var (name, value) in payload)
        {
            foreach (var (key, text) in Flatten(HideBrackets(name), value))
            {
                form.Append(form.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(text));
            }
        }

        return Encoding.UTF8.GetBytes(form.ToString());
    }

    /// <summary>
    /// The body of an <c>application/json</c> ping: typed and nested, names untouched, UTF-8 left as it is except
    /// <c>&amp;</c>, <c>&lt;</c>, <c>&gt;</c> and the two Unicode line ends, which are written as <c>\u</c> escapes.
    /// </summary>
    public static byte[] ToJson(JsonObject payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        var json = new StringBuilder();
        WriteJson(json, payload);
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private static IEnumerable<(string Key, string Text)> Flatten(string key, JsonNode? value) => value switch
    {
        JsonArray { Count: 0 } => [(key + "[]", "")],
        JsonArray list => list.SelectMany(item => Flatten(key + "[]", item)),
        JsonObject map => FlattenMap(key, map),
        _ => [(key, Text(value))],
    };

    // Breadth first: the real encoder keeps deeper maps on a list and comes back to them, which decides the order.
    private static IEnumerable<(string Key, string Text)> FlattenMap(string key, JsonObject map)
    {
        var waiting = new Queue<(string Key, JsonObject Map)>([(key, map)]);
        while (waiting.TryDequeue(out var outer))
        {
            foreach (var (name, value) in outer.Map)
            {
                var inner = $"{outer.Key}[{HideBrackets(name)}]";
                switch (value)
                {
                    case JsonObject deeper:
                        waiting.Enqueue((inner, deeper));
                        break;
                    case JsonArray { Count: 0 }:
                        break; // unlike at the top level, an empty list leaves no trace
                    default:
                        foreach (var pair in Flatten(inner, value))
                        {
                            yield return pair;
                        }

                        break;
                }
            }
        }
    }

    private static string HideBrackets(string name) =>
        name.Replace("[", "%5B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue v when v.TryGetValue<string>(out var text) => text,
        _ => value.ToJsonString(),
    };

    private static void WriteJson(StringBuilder json, JsonNode? node)
    {
        switch (node)
        {
            case null:
                json.Append("null");
                break;
            case JsonObject map:
                WriteAll(json, '{', map, '}', static (json, pair) =>
                {
                    WriteText(json, pair.Key);
                    json.Append(':');
                    WriteJson(json, pair.Value);
                });
                break;
            case JsonArray list:
                WriteAll(json, '[', list, ']', WriteJson);
                break;
            case var value when value.GetValueKind() == JsonValueKind.String:
                WriteText(json, Text(value));
                break;
            default:
                json.Append(node.ToJsonString());
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder json, char open, IEnumerable<T> items, char close, Action<StringBuilder, T> write)
    {
        json.Append(open);
        var first = true;
        foreach (var item in items)
        {
            json.Append(first ? "" : ",");
            first = false;
            write(json, item);
        }

        json.Append(close);
    }

    private static void WriteText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => json.Append('\\').Append(c),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                < ' ' or '&' or '<' or '>' or '\u2028' or '\u2029' => json.Append("\\u").Append(((int)c).ToString("x4", null)),
                _ => json.Append(c),
            };
        }

        json.Append('"');
    }
}
