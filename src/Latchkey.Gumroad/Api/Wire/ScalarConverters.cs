using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>Reads only: nothing of Gumroad's is ever written back.</summary>
internal abstract class ReadingConverter<T> : JsonConverter<T>
{
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>Empty text is null: Gumroad writes either.</summary>
internal sealed class TextConverter : ReadingConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Scalars.Text(ref reader) is { Length: > 0 } text ? text : null;

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;
}

internal sealed class IntegerConverter : ReadingConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Scalars.Integer(ref reader);
}

internal sealed class SmallIntegerConverter : ReadingConverter<int?>
{
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Scalars.Integer(ref reader) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null;
}

internal sealed class AmountConverter : ReadingConverter<decimal?>
{
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Scalars.Decimal(ref reader);
}

/// <summary>A flag that matters: absent and null are false, but what is no flag is an error rather than a right.</summary>
internal sealed class FlagConverter : ReadingConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Scalars.Text(ref reader) switch
    {
        "true" => true,
        "false" or "" => false,
        null when reader.TokenType == JsonTokenType.Null => false,
        _ => throw new JsonException(),
    };
}

/// <summary>A flag that a buyer's custom field of the same name may have replaced: what is no flag is null.</summary>
internal sealed class OptionalFlagConverter : ReadingConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Scalars.Text(ref reader) switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };
}

/// <summary>A time, in UTC. What is no time is an error: the end of a subscription must not be overlooked.</summary>
internal sealed class TimeConverter : ReadingConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Scalars.Text(ref reader) switch
    {
        "" => null,
        { } text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        _ => throw new JsonException(),
    };
}
