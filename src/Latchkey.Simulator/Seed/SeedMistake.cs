using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Latchkey.Simulator.Seed;

/// <summary>Turns the reader's exception into a sentence with line, place and mend.</summary>
internal static class SeedMistake
{
    public static string Describe(JsonException e)
    {
        var line = (e.LineNumber ?? 0) + 1;
        var path = e.Path ?? "$";
        if (e.InnerException is JsonException)
        {
            return $"line {line}: this is not JSON; look for a missing comma, quote or bracket just before.";
        }

        var (owner, name) = Split(path);
        var known = TypeAt(owner) is { } type ? type.Properties.Select(property => property.Name).ToList() : [];
        return name.Length > 0 && known.Count > 0 && !known.Contains(name.Split('[')[0])
            ? $"line {line}, {path}: there is no field '{name}' here; there are {string.Join(", ", known)}."
            : $"line {line}, {path}: this is not {Wanted(path)}.";
    }

    /// <summary>A field that the reader met a second time.</summary>
    public static string DescribeTwice(JsonException e) => $"line {(e.LineNumber ?? 0) + 1}, {e.Path ?? "$"}: is given twice; keep one.";

    // Names that are no plain words stand as ['a name'] rather than after a dot.
    private static (string Owner, string Name) Split(string path) =>
        path.EndsWith("']", StringComparison.Ordinal) && path.LastIndexOf("['", StringComparison.Ordinal) is >= 0 and var quote ? (path[..quote], path[(quote + 2)..^2])
        : path.LastIndexOf('.') is >= 0 and var dot ? (path[..dot], path[(dot + 1)..])
        : (path, "");

    private static string Wanted(string path) => TypeOf(path) is not { } type ? "what belongs here"
        : type == typeof(string) ? "text; put it in quotes"
        : type == typeof(int) ? "a whole number; write it without quotes, money in cents"
        : type == typeof(bool) ? "true or false; write it without quotes"
        : type == typeof(DateTimeOffset) ? "a time; write it as \"2026-01-01T00:00:00Z\""
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? "a list; put it in [ ]"
        : "an object; put its fields in { }";

    private static JsonTypeInfo? TypeAt(string path) => TypeOf(path) is { } type ? SeedJson.Default.GetTypeInfo(type) : null;

    // "$.products[0].variants" from the root downwards; an index goes into the list's items, a name into a dictionary's values.
    private static Type? TypeOf(string path)
    {
        var type = typeof(SeedFile);
        foreach (var step in path.Split('.').Skip(1))
        {
            var name = step.Split('[')[0];
            type = SeedJson.Default.GetTypeInfo(type) switch
            {
                { Kind: JsonTypeInfoKind.Object } info => info.Properties.FirstOrDefault(property => property.Name == name)?.PropertyType,
                { Kind: JsonTypeInfoKind.Dictionary } => type.GenericTypeArguments[^1],
                _ => null,
            };
            if (type is null)
            {
                return null;
            }

            type = step.Contains('[', StringComparison.Ordinal) && type.IsGenericType ? type.GenericTypeArguments[0] : type;
            type = Nullable.GetUnderlyingType(type) ?? type;
        }

        return type;
    }
}
