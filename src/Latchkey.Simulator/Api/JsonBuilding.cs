using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>Writes objects key after key.</summary>
internal static class JsonBuilding
{
    /// <summary>Leaves the key out where Gumroad leaves out nulls.</summary>
    public static void AddUnlessNull(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json.Add(name, value);
        }
    }

    public static JsonArray ToJson(this IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    public static JsonObject ToMap(this IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
