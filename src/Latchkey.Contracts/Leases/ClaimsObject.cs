using System.Text;
using System.Text.Json;

namespace Latchkey.Contracts.Leases;

/// <summary>
/// A JSON object read strictly: every name once, at every depth; text is text, integers have no fraction and no
/// exponent. Asking for a claim that is missing or of another kind is a <see cref="FormatException"/>.
/// </summary>
internal sealed class ClaimsObject
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly JsonElement _object;

    private ClaimsObject(JsonElement element)
    {
        Require(element.ValueKind == JsonValueKind.Object, "object");
        _object = element;
    }

    public IEnumerable<string> Names => _object.EnumerateObject().Select(p => p.Name);

    /// <summary>Reads the bytes with <paramref name="read"/>; null if they are not what it asks for.</summary>
    public static T? Read<T>(byte[] json, Func<ClaimsObject, T> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(Strict.GetString(json), new() { AllowDuplicateProperties = false });
            return read(new(document.RootElement));
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            // FormatException is ours; the others are the parser's words for text that is no JSON or no Unicode.
            return null;
        }
    }

    public string Text(string name) => TextOrNull(name) ?? throw Wrong(name);

    public string? TextOrNull(string name) => Member(name) switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(name),
    };

    public long Integer(string name) => IntegerOrNull(name) ?? throw Wrong(name);

    public long? IntegerOrNull(string name) => Member(name) switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) => value,
        _ => throw Wrong(name),
    };

    public bool Flag(string name) => Member(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name),
    };

    public IReadOnlyList<string> Texts(string name)
    {
        var list = Member(name);
        Require(list.ValueKind == JsonValueKind.Array, name);
        return [.. list.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.String ? e.GetString()! : throw Wrong(name))];
    }

    public IReadOnlyList<T> Objects<T>(string name, Func<ClaimsObject, T> read)
    {
        var list = Member(name);
        Require(list.ValueKind == JsonValueKind.Array, name);
        return [.. list.EnumerateArray().Select(e => read(new(e)))];
    }

    private JsonElement Member(string name) => _object.TryGetProperty(name, out var member) ? member : throw Wrong(name);

    private static void Require(bool condition, string name)
    {
        if (!condition)
        {
            throw Wrong(name);
        }
    }

    private static FormatException Wrong(string name) => new($"Claim {name} is missing or of another kind.");
}
