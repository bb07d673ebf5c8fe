using System.Text.Json;

namespace Latchkey.Gumroad.Pings;

/// <summary>Named values in the order their names first came.</summary>
public sealed class PingMap : PingNode
{
    /// <summary>Up to here a look through the entries is faster than an index.</summary>
    private const int SmallEnoughToSearch = 8;

    private readonly List<KeyValuePair<string, PingNode>> _entries = [];
    private Dictionary<string, int>? _index;

    /// <summary>Makes an empty map.</summary>
    public PingMap()
    {
    }

    /// <summary>Makes a map of these entries; of equal names the last value wins, at the first one's place.</summary>
    public PingMap(IEnumerable<KeyValuePair<string, PingNode>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var (name, node) in entries)
        {
            Set(name, node);
        }
    }

    /// <summary>The entries; no name occurs twice.</summary>
    public IReadOnlyList<KeyValuePair<string, PingNode>> Entries => _entries;

    /// <summary>The value of that name, or null if there is none.</summary>
    public PingNode? this[string name] => IndexOf(name) is >= 0 and var i ? _entries[i].Value : null;

    /// <summary>The text of that name, or null if there is none or it is a map or list.</summary>
    public string? Text(string name) => (this[name] as PingText)?.Value;

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        foreach (var (name, node) in _entries)
        {
            writer.WritePropertyName(name);
            node.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    internal int IndexOf(string name)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(name, out var found) ? found : -1;
        }

        for (var i = 0; i < _entries.Count; i++)
        {
            if (_entries[i].Key == name)
            {
                return i;
            }
        }

        return -1;
    }

    internal void Set(string name, PingNode node)
    {
        if (IndexOf(name) is >= 0 and var i)
        {
            _entries[i] = new(name, node);
            return;
        }

        _entries.Add(new(name, node));
        if (_index is not null)
        {
            _index.Add(name, _entries.Count - 1);
        }
        else if (_entries.Count > SmallEnoughToSearch)
        {
            _index = IndexAll();
        }
    }

    private Dictionary<string, int> IndexAll()
    {
        var index = new Dictionary<string, int>(_entries.Count * 4, StringComparer.Ordinal);
        for (var i = 0; i < _entries.Count; i++)
        {
            index.Add(_entries[i].Key, i);
        }

        return index;
    }
}
