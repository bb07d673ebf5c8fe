using System.Text;

namespace Latchkey.Gumroad.Pings;

/// <summary>Makes UTF-8 of bytes that are not: each maximal broken piece becomes one U+FFFD, as Ruby's <c>scrub</c> and browsers do.</summary>
internal static class Utf8Repair
{
    /// <summary>How many times longer the repaired text can be: one broken byte becomes three.</summary>
    public const int Growth = 3;

    public static int Repair(ReadOnlySpan<byte> broken, Span<byte> to)
    {
        var written = 0;
        while (!broken.IsEmpty)
        {
            // On failure the rune is U+FFFD and `taken` the length of the broken piece.
            _ = Rune.DecodeFromUtf8(broken, out var rune, out var taken);
            written += rune.EncodeToUtf8(to[written..]);
            broken = broken[taken..];
        }

        return written;
    }
}
