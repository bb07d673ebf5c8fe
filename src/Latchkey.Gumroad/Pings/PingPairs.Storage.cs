using System.Buffers;
using System.Text.Unicode;

namespace Latchkey.Gumroad.Pings;

// Where the readers put what they decode: one text buffer, each pair a name directly followed by its value.
public sealed partial class PingPairs
{
    private byte[] _text = [];
    private Slice[] _slices = [];
    private int _used;
    private int _nameEnd;

    private PingPairs()
    {
    }

    /// <summary>Bytes free behind the text, at least <paramref name="length"/>; what is written there counts only after an End call.</summary>
    internal Span<byte> Room(int length)
    {
        if (_text.Length - _used < length)
        {
            Grow(ref _text, _used, _used + length);
        }

        return _text.AsSpan(_used);
    }

    /// <summary>Makes room for so many pairs at once.</summary>
    internal void ExpectPairs(int count)
    {
        if (_slices.Length < count)
        {
            Grow(ref _slices, Count, count);
        }
    }

    /// <summary>Ends the name whose first <paramref name="length"/> bytes stand in the room, and gives it back cleaned.</summary>
    internal ReadOnlySpan<byte> EndName(int length)
    {
        var start = _used;
        _used += Clean(length);
        _nameEnd = _used;
        return _text.AsSpan(start, _used - start);
    }

    /// <summary>Ends the value in the room, and with it the pair.</summary>
    internal void EndValue(int length, int nameLength)
    {
        _used += Clean(length);
        ExpectPairs(Count + 1);
        _slices[Count++] = new Slice(_nameEnd - nameLength, _nameEnd, _used);
    }

    /// <summary>Replaces what is not UTF-8 in the room's first bytes by U+FFFD; gives the length it then has.</summary>
    internal int Clean(int length)
    {
        if (Utf8.IsValid(_text.AsSpan(_used, length)))
        {
            return length;
        }

        HasBrokenEncoding = true;
        var broken = ArrayPool<byte>.Shared.Rent(length);
        _text.AsSpan(_used, length).CopyTo(broken);
        var cleaned = Utf8Repair.Repair(broken.AsSpan(0, length), Room(length * Utf8Repair.Growth));
        ArrayPool<byte>.Shared.Return(broken);
        return cleaned;
    }

    private Slice At(int i)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)i, (uint)Count, nameof(i));
        return _slices[i];
    }

    private void ReturnBuffers()
    {
        var (text, slices) = (_text, _slices);
        (_text, _slices, _used) = ([], [], 0);
        if (text.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(text);
        }

        if (slices.Length > 0)
        {
            ArrayPool<Slice>.Shared.Return(slices);
        }
    }

    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, array.Length * 2));
        array.AsSpan(0, used).CopyTo(larger);
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
        }

        array = larger;
    }

    private readonly record struct Slice(int Start, int Split, int End)
    {
        public ReadOnlySpan<byte> NameIn(byte[] text) => text.AsSpan(Start, Split - Start);

        public ReadOnlySpan<byte> ValueIn(byte[] text) => text.AsSpan(Split, End - Split);
    }
}
