using System.Text.Json;
using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>Finds where an answer differs from a sample: in keys, their order, kinds, and values except those that may differ.</summary>
internal sealed class Shape(IReadOnlyDictionary<string, string> mayDiffer)
{
    private readonly List<string> _differences = [];
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Differences(JsonNode? sample, JsonNode? answer, IReadOnlyDictionary<string, string> mayDiffer)
    {
        var shape = new Shape(mayDiffer);
        shape.Compare(sample, answer, "");
        shape._differences.AddRange(mayDiffer.Keys.Where(path => !shape._met.Contains(path)).Select(path => $"{path}: may differ, but is not there"));
        return shape._differences;
    }

    private void Compare(JsonNode? sample, JsonNode? answer, string path)
    {
        switch (sample, answer)
        {
            case (JsonObject expected, JsonObject actual):
                var names = expected.Select(pair => pair.Key).ToList();
                if (!names.SequenceEqual(actual.Select(pair => pair.Key)))
                {
                    _differences.Add($"{path}: keys are {string.Join(' ', actual.Select(pair => pair.Key))}");
                    return;
                }

                names.ForEach(name => Compare(expected[name], actual[name], path.Length == 0 ? name : $"{path}.{name}"));
                break;
            case (JsonArray expected, JsonArray actual) when expected.Count == actual.Count:
                for (var i = 0; i < expected.Count; i++)
                {
                    Compare(expected[i], actual[i], $"{path}[{i}]");
                }

                break;
            default:
                CompareValues(sample, answer, path);
                break;
        }
    }

    private void CompareValues(JsonNode? sample, JsonNode? answer, string path)
    {
        var isFree = mayDiffer.ContainsKey(path) && _met.Add(path);
        if (KindOf(sample) != KindOf(answer) || (!isFree && sample?.ToJsonString() != answer?.ToJsonString()))
        {
            _differences.Add($"{path}: {sample?.ToJsonString() ?? "null"} became {answer?.ToJsonString() ?? "null"}");
        }
    }

    private static JsonValueKind KindOf(JsonNode? node) => node?.GetValueKind() is { } kind
        ? kind is JsonValueKind.False ? JsonValueKind.True : kind
        : JsonValueKind.Null;
}
