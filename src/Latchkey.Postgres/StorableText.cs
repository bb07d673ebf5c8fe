using System.Text;

namespace Latchkey.Postgres;

/// <summary>
/// PostgreSQL keeps no U+0000 and no half of a surrogate pair, and whoever sends a ping decides what is in it: both become U+FFFD.
/// What came stays in the sealed body as it was.
/// </summary>
internal static class StorableText
{
    private const char Replacement = '\uFFFD';

    public static string Of(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 ? Whole(text).Replace('\0', Replacement)
        : text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', Replacement)
        : text;

    /// <summary>The encoding replaces halves that stand alone.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
