using System.Text;

namespace Latchkey.Gumroad.Pings;

/// <summary>Decodes a ping's body into nested values.</summary>
public static class PingDecoder
{
    /// <summary>Reads a body and nests its pairs. Never throws, whatever the bytes; takes time linear in the body's length.</summary>
    /// <param name="body">The body as received.</param>
    /// <param name="contentType">The Content-Type header; missing or empty means a form.</param>
    /// <param name="limits">How much to read; <see cref="PingLimits.Default"/> if null.</param>
    public static PingDecoding Decode(ReadOnlySpan<byte> body, string? contentType, PingLimits? limits = null)
    {
        if (PingPairs.TryRead(body, contentType, limits ?? PingLimits.Default, out var pairs) is { } refusal)
        {
            return new PingDecoding.Refused(refusal);
        }

        using (pairs)
        {
            return new PingDecoding.Decoded(Nest(pairs), pairs.HasBrokenEncoding);
        }
    }

    private static PingMap Nest(PingPairs pairs)
    {
        var root = new PingMap();
        for (var i = 0; i < pairs.Count; i++)
        {
            Put(root, pairs.Name(i), new PingText(Encoding.UTF8.GetString(pairs.Value(i))));
        }

        return root;
    }

    /// <summary>Where a name has been used in another shape before, the later shape replaces it: last one wins.</summary>
    private static void Put(PingMap here, ReadOnlySpan<byte> name, PingText value)
    {
        var segments = new NameSegments(name);
        segments.MoveNext();
        var step = segments.Current;
        while (segments.MoveNext())
        {
            var next = segments.Current;
            var key = NameSegments.Text(step);
            var ahead = segments;
            if (next.IsEmpty && !ahead.MoveNext())
            {
                ListAt(here, key).Add(value);
                return;
            }

            here = MapAt(here, key);
            step = next;
        }

        here.Set(NameSegments.Text(step), value);
    }

    private static PingList ListAt(PingMap map, string key)
    {
        if (map[key] is not PingList list)
        {
            map.Set(key, list = new PingList([]));
        }

        return list;
    }

    private static PingMap MapAt(PingMap map, string key)
    {
        if (map[key] is not PingMap inner)
        {
            map.Set(key, inner = new PingMap());
        }

        return inner;
    }
}
