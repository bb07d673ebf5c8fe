using System.Text.Json;

namespace Latchkey.Gumroad.Pings;

/// <summary>A decoded value: text, a map or a list. There are no other kinds; numbers and booleans are text.</summary>
public abstract class PingNode
{
    private protected PingNode()
    {
    }

    /// <summary>Writes the node as JSON; every value is a string.</summary>
    public abstract void WriteTo(Utf8JsonWriter writer);
}
