using System.Globalization;
using System.Text.Json;

namespace Latchkey.Gumroad.Api;

/// <summary>Reads a value whichever way it was written: numbers as text, text as numbers.</summary>
internal static class Scalars
{
    /// <summary>The text of a scalar; null for null, and for a map or list, which is skipped.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.Number:
                return System.Text.Encoding.UTF8.GetString(reader.ValueSpan);     // only ever read from memory, in one piece
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    public static decimal? Decimal(ref Utf8JsonReader reader) =>
        decimal.TryParse(Text(ref reader), NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static long? Integer(ref Utf8JsonReader reader) =>
        Decimal(ref reader) is >= long.MinValue and <= long.MaxValue and var number && decimal.IsInteger(number) ? (long)number : null;
}
