using System.Text.Json;

namespace Latchkey.Gumroad.Api;

/// <summary>A list of text; anything else is no text at all.</summary>
internal sealed class TextListConverter : ReadingConverter<IReadOnlyList<string>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var items = new List<string>();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return items;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Scalars.Text(ref reader) is { } text)
            {
                items.Add(text);
            }
        }

        return items;
    }
}

/// <summary>Names and values: a map in sales, a list of <c>name: value</c> in answers about licenses.</summary>
internal sealed class TextMapConverter : ReadingConverter<IReadOnlyDictionary<string, string>>
{
    private const string Colon = ": ";

    public override bool HandleNull => true;

    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                ReadMap(ref reader, map);
                break;
            case JsonTokenType.StartArray:
                ReadList(ref reader, map);
                break;
            default:
                reader.Skip();
                break;
        }

        return map;
    }

    private static void ReadMap(ref Utf8JsonReader reader, Dictionary<string, string> map)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            map[name] = Scalars.Text(ref reader) ?? "";
        }
    }

    private static void ReadList(ref Utf8JsonReader reader, Dictionary<string, string> map)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Scalars.Text(ref reader) is { } line && line.IndexOf(Colon, StringComparison.Ordinal) is >= 0 and var at)
            {
                map[line[..at]] = line[(at + Colon.Length)..];
            }
        }
    }
}
