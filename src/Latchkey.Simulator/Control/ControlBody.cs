using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Simulator.Control;

/// <summary>The JSON object that a call came with; an empty one without a body. Whatever does not fit is an <see cref="ArgumentException"/> that names it.</summary>
internal sealed class ControlBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonObject _values;

    private ControlBody(JsonObject values, IQueryCollection query) => (_values, Query) = (values, query);

    public IQueryCollection Query { get; }

    public static ControlBody Of(string text, IQueryCollection query)
    {
        try
        {
            return new ControlBody(string.IsNullOrWhiteSpace(text) ? [] : JsonNode.Parse(text, documentOptions: Strict) as JsonObject ?? throw NotAnObject(), query);
        }
        catch (JsonException)
        {
            throw NotAnObject();
        }
    }

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>Refuses names that mean nothing here, so that a slip of the pen is not taken for a wish.</summary>
    public void AllowOnly(params string[] names)
    {
        if (_values.Select(pair => pair.Key).FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"{unknown}: there is no such setting; use {string.Join(", ", names)}.");
        }
    }

    public string? Text(string name) => _values[name] switch
    {
        null => null,
        var value when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>(),
        _ => throw new ArgumentException($"{name}: write text in quotes."),
    };

    public double? Number(string name) => _values[name] switch
    {
        null => null,
        var value when value.GetValueKind() is JsonValueKind.Number && value.GetValue<double>() is var number && double.IsFinite(number) => number,
        _ => throw new ArgumentException($"{name}: write a number, without quotes."),
    };

    public DateTimeOffset? Time(string name) => Text(name) is { } text
        ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new ArgumentException($"{name}: write a time as 2026-03-14T09:26:53Z.")
        : null;

    public IReadOnlyList<string>? Texts(string name) => _values[name] switch
    {
        null => null,
        JsonArray list when list.All(item => item?.GetValueKind() is JsonValueKind.String) => [.. list.Select(item => item!.GetValue<string>())],
        _ => throw new ArgumentException($"{name}: write a list of texts."),
    };

    private static ArgumentException NotAnObject() => new("The body must be a JSON object, such as {\"days\": 30}.");
}
