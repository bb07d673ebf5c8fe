using System.Text.Json;

namespace Latchkey.Gumroad.Pings;

/// <summary>A value without structure. Empty text also stands for null: the form cannot tell them apart.</summary>
/// <param name="value">The decoded text.</param>
public sealed class PingText(string value) : PingNode
{
    /// <summary>The decoded text.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(Value);
    }
}
