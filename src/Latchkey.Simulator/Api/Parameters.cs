using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Simulator.Api;

/// <summary>What a call says in its query and in its form or JSON body, as one map; the body wins.</summary>
internal sealed class Parameters(JsonObject values)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The value as it came, or null.</summary>
    public JsonNode? this[string name] => values[name];

    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>The value as text, numbers and booleans as they are written; null for a missing or blank one, a list or a map.</summary>
    public string? Text(string name) => values[name] switch
    {
        JsonValue value when value.ToString() is var text && !string.IsNullOrWhiteSpace(text) => text,
        _ => null,
    };

    /// <summary>As Ruby reads a number from text: the digits at its start, else 0. Null for a missing or blank one.</summary>
    public int? Number(string name)
    {
        if (Text(name)?.Trim() is not { } text)
        {
            return null;
        }

        var digits = text.TakeWhile((letter, index) => char.IsAsciiDigit(letter) || (index == 0 && letter is '-' or '+')).Count();
        return int.TryParse(text.AsSpan(0, digits), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    /// <summary>As Rails reads a boolean: nothing is null, and only the usual words for no are false.</summary>
    public bool? Flag(string name) => Text(name) is { } text ? text is not ("0" or "f" or "F" or "false" or "FALSE" or "off" or "OFF") : null;

    /// <summary>The texts of a list, or null when it is no list of texts.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        values[name] is JsonArray list && list.All(item => item?.GetValueKind() is JsonValueKind.String)
            ? [.. list.Select(item => item!.GetValue<string>())]
            : null;

    /// <exception cref="FormatException">The body is not what its content type says.</exception>
    public static async Task<Parameters> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var values = new JsonObject();
        foreach (var (name, texts) in request.Query)
        {
            AddAll(values, name, texts);
        }

        if (request.HasFormContentType)
        {
            foreach (var (name, texts) in await request.ReadFormAsync(ct))
            {
                AddAll(values, name, texts);
            }
        }
        else if (request.HasJsonContentType() && await ReadJsonAsync(request, ct) is { } body)
        {
            foreach (var (name, value) in body)
            {
                values[name] = value?.DeepClone();
            }
        }

        return new Parameters(values);
    }

    private static void AddAll(JsonObject values, string name, IEnumerable<string?> texts)
    {
        foreach (var text in texts)
        {
            NestedNames.Set(values, name, text ?? "");
        }
    }

    private static async Task<JsonObject?> ReadJsonAsync(HttpRequest request, CancellationToken ct)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(ct);
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text, documentOptions: Strict) as JsonObject;
        }
        catch (JsonException e)
        {
            throw new FormatException("The body is not JSON.", e);
        }
    }
}
