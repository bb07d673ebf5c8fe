namespace Latchkey.Gumroad.Pings;

/// <summary>Splits a form at <c>&amp;</c> and the first <c>=</c>, then decodes both sides: <c>+</c> is a space, <c>%xx</c> a byte.</summary>
internal static class FormReader
{
    public static PingRefusal? Read(ReadOnlySpan<byte> body, PingLimits limits, PingPairs pairs)
    {
        pairs.Room(body.Length);
        pairs.ExpectPairs(Math.Min(body.Count((byte)'&') + 1, limits.MaxPairs));
        while (!body.IsEmpty)
        {
            var end = body.IndexOf((byte)'&');
            var part = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (!part.IsEmpty && ReadPair(part, limits, pairs) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static PingRefusal? ReadPair(ReadOnlySpan<byte> part, PingLimits limits, PingPairs pairs)
    {
        if (pairs.Count == limits.MaxPairs)
        {
            return PingRefusal.TooManyPairs;
        }

        var split = part.IndexOf((byte)'=');
        var rawName = split < 0 ? part : part[..split];
        var rawValue = split < 0 ? default : part[(split + 1)..];

        var name = pairs.EndName(Decode(rawName, pairs));
        if (name.Length > limits.MaxNameBytes)
        {
            return PingRefusal.NameTooLong;
        }

        if (NameSegments.Count(name) > limits.MaxDepth)
        {
            return PingRefusal.TooDeep;
        }

        pairs.EndValue(Decode(rawValue, pairs), name.Length);
        return null;
    }

    private static int Decode(ReadOnlySpan<byte> raw, PingPairs pairs)
    {
        var to = pairs.Room(raw.Length);
        var written = 0;
        while (true)
        {
            var plain = raw.IndexOfAny((byte)'%', (byte)'+');
            if (plain < 0)
            {
                raw.CopyTo(to[written..]);
                return written + raw.Length;
            }

            raw[..plain].CopyTo(to[written..]);
            written += plain;
            var taken = DecodeOne(raw[plain..], out to[written++], pairs);
            raw = raw[(plain + taken)..];
        }
    }

    private static int DecodeOne(ReadOnlySpan<byte> at, out byte decoded, PingPairs pairs)
    {
        if (at[0] == (byte)'+')
        {
            decoded = (byte)' ';
            return 1;
        }

        if (at.Length >= 3 && HexDigits.Value(at[1]) is >= 0 and var high && HexDigits.Value(at[2]) is >= 0 and var low)
        {
            decoded = (byte)((high << 4) | low);
            return 3;
        }

        pairs.HasBrokenEncoding = true;
        decoded = (byte)'%';
        return 1;
    }
}
