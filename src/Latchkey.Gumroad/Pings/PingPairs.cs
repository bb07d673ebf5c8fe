using System.Buffers;
using System.Buffers.Binary;

namespace Latchkey.Gumroad.Pings;

/// <summary>The flat name and value pairs of one body, percent-decoded, as UTF-8 in pooled buffers.</summary>
/// <remarks>
/// A JSON body gives the pairs that the form encoder would have written for the same payload.
/// One thread at a time; spans are invalid after <see cref="Dispose"/>.
/// </remarks>
public sealed partial class PingPairs : IDisposable
{
    private static ReadOnlySpan<byte> RetryCount => "retry_count"u8;

    /// <summary>Number of pairs, in the body's order.</summary>
    public int Count { get; private set; }

    /// <summary>Whether some text was not UTF-8 (it now holds U+FFFD) or some percent escape was invalid (it was kept as it stood).</summary>
    public bool HasBrokenEncoding { get; internal set; }

    /// <summary>Reads the pairs of a body. Never throws, whatever the bytes.</summary>
    /// <param name="body">The body as received.</param>
    /// <param name="contentType">The Content-Type header; missing or empty means a form.</param>
    /// <param name="limits">How much to read.</param>
    /// <param name="pairs">The pairs, to be disposed; empty after a refusal.</param>
    /// <returns>Why the body is refused, or null if it was read.</returns>
    public static PingRefusal? TryRead(ReadOnlySpan<byte> body, string? contentType, PingLimits limits, out PingPairs pairs)
    {
        ArgumentNullException.ThrowIfNull(limits);
        pairs = new PingPairs();
        var refusal = body.Length > limits.MaxBodyBytes ? PingRefusal.TooLarge : ReadInto(pairs, body, contentType, limits);
        if (refusal is not null)
        {
            pairs.Dispose();
        }

        return refusal;
    }

    /// <summary>The decoded name; brackets that belong to a name's text still stand as <c>%5B</c> and <c>%5D</c>.</summary>
    public ReadOnlySpan<byte> Name(int i) => At(i).NameIn(_text);

    /// <summary>The decoded value.</summary>
    public ReadOnlySpan<byte> Value(int i) => At(i).ValueIn(_text);

    /// <summary>
    /// Writes all pairs but <c>retry_count</c>, sorted by name and then value, each part behind its length,
    /// so that a repeated delivery gives equal bytes and two different sets of pairs never do.
    /// </summary>
    public void WriteCanonical(IBufferWriter<byte> to)
    {
        ArgumentNullException.ThrowIfNull(to);
        var sorted = ArrayPool<Slice>.Shared.Rent(Math.Max(Count, 1));
        var slices = sorted.AsSpan(0, Count);
        _slices.AsSpan(0, Count).CopyTo(slices);
        slices.Sort(ByBytes);

        foreach (var slice in slices)
        {
            if (!slice.NameIn(_text).SequenceEqual(RetryCount))
            {
                WritePart(to, slice.NameIn(_text));
                WritePart(to, slice.ValueIn(_text));
            }
        }

        ArrayPool<Slice>.Shared.Return(sorted);
    }

    /// <summary>Gives the buffers back. May be called twice.</summary>
    public void Dispose()
    {
        ReturnBuffers();
        Count = 0;
    }

    private static PingRefusal? ReadInto(PingPairs pairs, ReadOnlySpan<byte> body, string? contentType, PingLimits limits) =>
        ContentKinds.Of(contentType) switch
        {
            ContentKind.Form => FormReader.Read(body, limits, pairs),
            ContentKind.Json => JsonReader.Read(body, limits, pairs),
            _ => PingRefusal.UnknownContentType,
        };

    private static void WritePart(IBufferWriter<byte> to, ReadOnlySpan<byte> part)
    {
        var room = to.GetSpan(sizeof(int) + part.Length);
        BinaryPrimitives.WriteInt32BigEndian(room, part.Length);
        part.CopyTo(room[sizeof(int)..]);
        to.Advance(sizeof(int) + part.Length);
    }

    private int ByBytes(Slice x, Slice y)
    {
        var byName = x.NameIn(_text).SequenceCompareTo(y.NameIn(_text));
        return byName != 0 ? byName : x.ValueIn(_text).SequenceCompareTo(y.ValueIn(_text));
    }
}
