using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Pings;

/// <summary>Keys that are there only when there is something to say.</summary>
internal static class PayloadKeys
{
    public static void SetIfAny(this JsonObject payload, string key, string? text)
    {
        if (text is not null)
        {
            payload[key] = text;
        }
    }

    public static void SetIfAny(this JsonObject payload, string key, IEnumerable<KeyValuePair<string, JsonNode?>> map)
    {
        JsonObject inner = new(map);
        if (inner.Count > 0)
        {
            payload[key] = inner;
        }
    }

    public static void SetIfTrue(this JsonObject payload, string key, bool value)
    {
        if (value)
        {
            payload[key] = true;
        }
    }
}
