using System.Text.Json;
using System.Text.Json.Serialization;
using Latchkey.Licenses;

namespace Latchkey.Purchases;

/// <summary>Rows as text, to be compared field by field. Times count as the store keeps them, in whole milliseconds.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(Milliseconds)])]
[JsonSerializable(typeof(Purchase))]
[JsonSerializable(typeof(License))]
internal sealed partial class ReplayJson : JsonSerializerContext;

internal sealed class Milliseconds : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
}
