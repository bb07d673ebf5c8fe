using System.Text.Json;

namespace Latchkey.Gumroad.Pings;

/// <summary>The values of a name that ends in <c>[]</c>, in the order they came.</summary>
/// <remarks>A map whose only key is the empty text looks the same on the wire: <c>variants[]=Pro</c>.</remarks>
public sealed class PingList : PingNode
{
    private readonly List<PingNode> _items;

    /// <summary>Makes a list of these nodes.</summary>
    public PingList(IReadOnlyList<PingNode> items) => _items = [.. items];

    /// <summary>The values; all text when decoded from a body.</summary>
    public IReadOnlyList<PingNode> Items => _items;

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (var item in _items)
        {
            item.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    internal void Add(PingNode item) => _items.Add(item);
}
