using System.Buffers;
using System.Text.Json;

namespace Latchkey.Gumroad.Pings;

/// <summary>Turns a JSON payload into the pairs that Gumroad's form encoder (HTTParty's <c>HashConversions</c>) would have written for it.</summary>
internal ref struct JsonReader
{
    private readonly PingLimits _limits;
    private readonly PingPairs _pairs;
    private readonly Span<byte> _path;
    private Utf8JsonReader _json;

    private JsonReader(ReadOnlySpan<byte> body, PingLimits limits, PingPairs pairs, Span<byte> path)
    {
        // Two levels more than allowed, so that it is always we who notice the depth.
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 2 });
        _limits = limits;
        _pairs = pairs;
        _path = path;
    }

    public static PingRefusal? Read(ReadOnlySpan<byte> body, PingLimits limits, PingPairs pairs)
    {
        var path = ArrayPool<byte>.Shared.Rent(limits.MaxNameBytes);
        try
        {
            return new JsonReader(body, limits, pairs, path.AsSpan(0, limits.MaxNameBytes)).ReadRoot();
        }
        catch (JsonException)
        {
            return PingRefusal.BrokenJson;      // the reader has no way of saying so without throwing
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(path);
        }
    }

    private PingRefusal? ReadRoot()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            return PingRefusal.BrokenJson;
        }

        var refusal = ReadMap(pathLength: 0, depth: 0);
        if (refusal is null)
        {
            _json.Read();       // throws if anything follows
        }

        return refusal;
    }

    private PingRefusal? ReadMap(int pathLength, int depth)
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var length = pathLength;
            if (!TryAppendName(ref length, nested: depth > 0))
            {
                return PingRefusal.NameTooLong;
            }

            _json.Read();
            if (ReadValue(length, depth + 1, emptyListIsWritten: depth == 0) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private PingRefusal? ReadList(int pathLength, int depth, bool emptyListIsWritten)
    {
        if (!TryAppend(ref pathLength, "[]"u8))
        {
            return PingRefusal.NameTooLong;
        }

        var empty = true;
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            empty = false;
            if (ReadValue(pathLength, depth + 1, emptyListIsWritten: true) is { } refusal)
            {
                return refusal;
            }
        }

        return empty && emptyListIsWritten ? AddPair(pathLength, default) : null;
    }

    private PingRefusal? ReadValue(int pathLength, int depth, bool emptyListIsWritten)
    {
        if (depth > _limits.MaxDepth)
        {
            return PingRefusal.TooDeep;
        }

        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject:
                return depth == _limits.MaxDepth ? PingRefusal.TooDeep : ReadMap(pathLength, depth);
            case JsonTokenType.StartArray:
                return depth == _limits.MaxDepth ? PingRefusal.TooDeep : ReadList(pathLength, depth, emptyListIsWritten);
            case JsonTokenType.Null:
                return AddPair(pathLength, default);
            default:
                return AddPair(pathLength, _json.ValueSpan);
        }
    }

    private readonly PingRefusal? AddPair(int pathLength, ReadOnlySpan<byte> raw)
    {
        if (_pairs.Count == _limits.MaxPairs)
        {
            return PingRefusal.TooManyPairs;
        }

        _path[..pathLength].CopyTo(_pairs.Room(pathLength));
        _pairs.EndName(pathLength);
        _pairs.EndValue(Unescape(raw), pathLength);
        return null;
    }

    private readonly bool TryAppendName(ref int pathLength, bool nested)
    {
        // The room behind the pairs serves as scratch: nothing there counts until it is ended.
        var length = _pairs.Clean(Unescape(_json.ValueSpan));
        var name = _pairs.Room(length)[..length];
        if (nested && !TryAppend(ref pathLength, "["u8))
        {
            return false;
        }

        for (var bracket = name.IndexOfAny((byte)'[', (byte)']'); bracket >= 0; bracket = name.IndexOfAny((byte)'[', (byte)']'))
        {
            if (!TryAppend(ref pathLength, name[..bracket]) || !TryAppend(ref pathLength, name[bracket] == '[' ? "%5B"u8 : "%5D"u8))
            {
                return false;
            }

            name = name[(bracket + 1)..];
        }

        return TryAppend(ref pathLength, name) && (!nested || TryAppend(ref pathLength, "]"u8));
    }

    private readonly bool TryAppend(ref int pathLength, ReadOnlySpan<byte> part)
    {
        if (!part.TryCopyTo(_path[pathLength..]))
        {
            return false;
        }

        pathLength += part.Length;
        return true;
    }

    private readonly int Unescape(ReadOnlySpan<byte> raw)
    {
        var to = _pairs.Room(raw.Length);
        if (_json.ValueIsEscaped)
        {
            return JsonUnescape.Unescape(raw, to);
        }

        raw.CopyTo(to);
        return raw.Length;
    }
}
