using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Latchkey.AspNetCore.Web;

/// <summary>What is wrong with a body that could not be read, for whoever wrote it.</summary>
/// <param name="Field">Its path, as in <c>rules[0].variant</c>; <c>$</c> for the whole body.</param>
internal sealed partial record BodyFault(string Field, string Detail)
{
    private const string Whole = "$";
    private const int LongestMeant = 64;

    public static BodyFault Of(JsonException e, JsonTypeInfo type)
    {
        if (e.InnerException is JsonException)
        {
            return new(Whole, string.Create(CultureInfo.InvariantCulture, $"The body is not JSON: it breaks off or has a fault in line {e.LineNumber + 1}."));
        }

        var path = e.Path ?? Whole;
        var field = path == Whole ? Whole : path[1..].TrimStart('.');
        var here = type;
        foreach (Match step in Steps().Matches(path))
        {
            if (here.Kind == JsonTypeInfoKind.Enumerable)
            {
                here = here.Options.GetTypeInfo(here.ElementType!);
                continue;
            }

            var name = step.Groups["name"].Value;
            if (here.Properties.FirstOrDefault(p => p.Name == name) is not { } found)
            {
                return new(field, Unknown(name, [.. here.Properties.Select(p => p.Name)]));
            }

            here = here.Options.GetTypeInfo(found.PropertyType);
        }

        return new(field, $"{(field == Whole ? "The body" : field)} is {FormOf(here)}.");
    }

    private static string Unknown(string name, string[] known) =>
        Meant(name, known) is { } meant
            ? $"'{name}' is not a field here; did you mean '{meant}'?"
            : $"'{name}' is not a field here; there {(known.Length == 1 ? "is" : "are")}: {string.Join(", ", known)}.";

    private static string? Meant(string name, string[] known) => name.Length > LongestMeant ? null : known
        .Select(k => (Name: k, Distance: k.StartsWith(name, StringComparison.Ordinal) ? 1 : Distance(name.ToLowerInvariant(), k)))
        .Where(k => k.Distance <= 3 && k.Distance * 2 <= k.Name.Length)
        .OrderBy(k => k.Distance)
        .Select(k => k.Name)
        .FirstOrDefault();

    /// <summary>How many letters are to be put in, taken out or replaced to make the one word the other.</summary>
    private static int Distance(string a, string b)
    {
        var above = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 0; i < a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i + 1;
            for (var j = 0; j < b.Length; j++)
            {
                row[j + 1] = Math.Min(Math.Min(row[j], above[j + 1]) + 1, above[j] + (a[i] == b[j] ? 0 : 1));
            }

            above = row;
        }

        return above[b.Length];
    }

    private static string FormOf(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object here",
        JsonTypeInfoKind.Enumerable => "a list here",
        _ => (Nullable.GetUnderlyingType(type.Type) ?? type.Type) switch
        {
            var t when t == typeof(JsonObject) => "an object here",
            var t when t == typeof(bool) => "true or false here",
            var t when t == typeof(int) || t == typeof(long) => "a whole number here",
            var t when t == typeof(double) => "a number here",
            var t when t == typeof(DateTimeOffset) => "a time here, for example '2027-12-31T00:00:00Z'",
            _ => "text here",
        },
    };

    /// <summary>A path as JsonException gives it: <c>$.rules[0].variant</c>, and names with other characters as <c>['a b']</c>.</summary>
    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>.*?)'\](?=[.\[]|$)|\[\d+\]")]
    private static partial Regex Steps();
}
