using System.Collections.Frozen;
using System.Text.Json;

namespace Latchkey;

/// <summary>Enums are kept as lower-case text, so that the tables can be read in a console.</summary>
internal static class EnumText
{
    public static string Text<T>(this T value)
        where T : struct, Enum => Names<T>.ToText[value];

    public static T Parse<T>(string text)
        where T : struct, Enum => Names<T>.ToValue[text];

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ToText =
            Enum.GetValues<T>().ToFrozenDictionary(v => v, v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString()));

        public static readonly FrozenDictionary<string, T> ToValue = ToText.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}
