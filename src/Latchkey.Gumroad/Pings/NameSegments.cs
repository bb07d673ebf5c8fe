using System.Text;

namespace Latchkey.Gumroad.Pings;

/// <summary>Splits a decoded name at its structural brackets: <c>old_plan[tier][id]</c> has three segments. Text between <c>]</c> and <c>[</c> is dropped.</summary>
internal ref struct NameSegments
{
    private readonly ReadOnlySpan<byte> _head;
    private ReadOnlySpan<byte> _rest;
    private bool _started;

    public NameSegments(ReadOnlySpan<byte> name)
    {
        var bracket = name.IndexOf((byte)'[');
        _head = bracket < 0 ? name : name[..bracket];
        _rest = bracket < 0 ? default : name[bracket..];
    }

    public ReadOnlySpan<byte> Current { get; private set; }

    public bool MoveNext()
    {
        if (!_started)
        {
            _started = true;
            Current = _head;
            return true;
        }

        var open = _rest.IndexOf((byte)'[');
        var close = open < 0 ? -1 : _rest[open..].IndexOf((byte)']');
        if (close < 0)
        {
            return false;
        }

        Current = _rest.Slice(open + 1, close - 1);
        _rest = _rest[(open + close + 1)..];
        return true;
    }

    public static int Count(ReadOnlySpan<byte> name)
    {
        var segments = new NameSegments(name);
        var count = 0;
        while (segments.MoveNext())
        {
            count++;
        }

        return count;
    }

    /// <summary>A segment as text. Gumroad hides a name's own brackets as <c>%5B</c> and <c>%5D</c>, in upper case, before encoding.</summary>
    public static string Text(ReadOnlySpan<byte> segment)
    {
        var text = Encoding.UTF8.GetString(segment);
        return segment.Contains((byte)'%')
            ? text.Replace("%5B", "[", StringComparison.Ordinal).Replace("%5D", "]", StringComparison.Ordinal)
            : text;
    }
}
