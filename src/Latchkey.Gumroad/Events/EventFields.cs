using System.Globalization;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Events;

/// <summary>Reads typed values out of a map, and remembers which names were asked for and which could not be read.</summary>
/// <remarks>Absent and empty are the same: the form writes null as empty text.</remarks>
internal sealed class EventFields
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private readonly PingMap _map;
    private readonly string? _outer;
    private readonly List<string> _malformed;
    private readonly bool[] _known;

    public EventFields(PingMap map)
        : this(map, outer: null, [])
    {
    }

    private EventFields(PingMap map, string? outer, List<string> malformed)
    {
        _map = map;
        _outer = outer;
        _malformed = malformed;
        _known = new bool[map.Entries.Count];
    }

    public IReadOnlyList<string> Malformed => _malformed;

    /// <summary>The entries that nobody asked for.</summary>
    public PingMap Unknown() => new(_map.Entries.Where((_, i) => !_known[i]));

    /// <summary>Marks names as documented without reading them.</summary>
    public void Know(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Find(name);
        }
    }

    public string? Text(string name)
    {
        switch (Find(name))
        {
            case null or PingText { Value.Length: 0 }:
                return null;
            case PingText text:
                return text.Value;
            default:
                return Wrong<string>(name);
        }
    }

    public long? Integer(string name) => Text(name) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => WrongValue<long>(name),
    };

    public int? SmallInteger(string name) => Integer(name) switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and var number => (int)number,
        _ => WrongValue<int>(name),
    };

    public bool? Flag(string name) => Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => WrongValue<bool>(name),
    };

    public DateTimeOffset? Time(string name) => Text(name) switch
    {
        null => null,
        var text when DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        _ => WrongValue<DateTimeOffset>(name),
    };

    /// <summary>One of the given words, or null, and then <paramref name="name"/> is malformed unless it is absent.</summary>
    public T? Word<T>(string name, params ReadOnlySpan<(string Word, T Value)> words)
        where T : struct
    {
        var text = Text(name);
        foreach (var (word, value) in words)
        {
            if (word == text)
            {
                return value;
            }
        }

        return text is null ? null : WrongValue<T>(name);
    }

    /// <summary>The fields of an inner map; null if there is none.</summary>
    public EventFields? Inner(string name) => Find(name) switch
    {
        null or PingText { Value.Length: 0 } => null,
        PingMap map => new EventFields(map, FullName(name), _malformed),
        _ => Wrong<EventFields>(name),
    };

    /// <summary>A map of names that somebody chose; null if there is none. What is no text in it is left out and reported.</summary>
    public IReadOnlyDictionary<string, string>? TextMap(string name)
    {
        switch (Find(name))
        {
            case null or PingText { Value.Length: 0 }:
                return null;
            case PingList list:
                // A map whose one name is empty (a variant category without a title) looks like a list.
                return LastText(list, name) is { } only ? new Dictionary<string, string> { [""] = only } : null;
            case PingMap map:
                return TextsOf(map, name);
            default:
                return Wrong<Dictionary<string, string>>(name);
        }
    }

    public IReadOnlyList<string> TextList(string name)
    {
        switch (Find(name))
        {
            case null or PingText { Value.Length: 0 }:
                return [];
            case PingList list:
                return [.. list.Items.OfType<PingText>().Select(item => item.Value).Where(item => item.Length > 0)];
            default:
                Wrong<string>(name);
                return [];
        }
    }

    private Dictionary<string, string> TextsOf(PingMap map, string name)
    {
        var texts = new Dictionary<string, string>(map.Entries.Count, StringComparer.Ordinal);
        foreach (var (key, node) in map.Entries)
        {
            var text = node switch
            {
                PingText plain => plain.Value,
                PingList list => LastText(list, name),
                _ => Wrong<string>(name),
            };
            if (text is not null)
            {
                texts[key] = text;
            }
        }

        return texts;
    }

    private string? LastText(PingList list, string name) =>
        list.Items is [.., PingText last] ? last.Value : Wrong<string>(name);

    private PingNode? Find(string name)
    {
        var at = _map.IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        _known[at] = true;
        return _map.Entries[at].Value;
    }

    private string FullName(string name) => _outer is null ? name : $"{_outer}[{name}]";

    private T? WrongValue<T>(string name)
        where T : struct
    {
        Report(name);
        return null;
    }

    private T? Wrong<T>(string name)
        where T : class
    {
        Report(name);
        return null;
    }

    private void Report(string name)
    {
        var full = FullName(name);
        if (!_malformed.Contains(full))
        {
            _malformed.Add(full);
        }
    }
}
