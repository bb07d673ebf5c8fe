using System.Text;

namespace Latchkey.Gumroad.Pings;

/// <summary>Undoes the escapes of a JSON string whose syntax was already checked.</summary>
/// <remarks>Ours, because the framework's own throws on half a surrogate pair; here it is left as bytes that are not UTF-8, repaired later.</remarks>
internal static class JsonUnescape
{
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> to)
    {
        var written = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                raw.CopyTo(to[written..]);
                return written + raw.Length;
            }

            raw[..plain].CopyTo(to[written..]);
            written += plain;
            raw = raw[(plain + 1)..];
            if (raw[0] == (byte)'u')
            {
                raw = raw[UnescapeRune(raw, to, ref written)..];
            }
            else
            {
                to[written++] = Short(raw[0]);
                raw = raw[1..];
            }
        }
    }

    private static byte Short(byte escape) => escape switch
    {
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => escape,
    };

    /// <summary>Reads <c>uXXXX</c>, or two of them that make a pair; gives how many bytes it took.</summary>
    private static int UnescapeRune(ReadOnlySpan<byte> raw, Span<byte> to, ref int written)
    {
        var unit = Unit(raw[1..]);
        if (Rune.TryCreate(unit, out var rune))
        {
            written += rune.EncodeToUtf8(to[written..]);
            return 5;
        }

        if (raw.Length >= 11 && raw[5] == '\\' && raw[6] == 'u' && Rune.TryCreate(unit, Unit(raw[7..]), out rune))
        {
            written += rune.EncodeToUtf8(to[written..]);
            return 11;
        }

        to[written++] = 0xFF;
        return 5;
    }

    private static char Unit(ReadOnlySpan<byte> hex) => (char)(
        (HexDigits.Value(hex[0]) << 12) | (HexDigits.Value(hex[1]) << 8) | (HexDigits.Value(hex[2]) << 4) | HexDigits.Value(hex[3]));
}
