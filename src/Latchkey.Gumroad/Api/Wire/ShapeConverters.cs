using System.Text.Json;
using Latchkey.Gumroad.Events;

namespace Latchkey.Gumroad.Api;

/// <summary>A value that is a map here and text there.</summary>
internal abstract class MapOrTextConverter<T> : ReadingConverter<T?>
    where T : class
{
    public sealed override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return Scalars.Text(ref reader) is { Length: > 0 } text ? OfText(text) : null;
        }

        var map = new Dictionary<string, string?>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            map[name] = Scalars.Text(ref reader) is { Length: > 0 } text ? text : null;
        }

        return OfMap(map);
    }

    protected abstract T? OfText(string text);

    protected abstract T OfMap(IReadOnlyDictionary<string, string?> map);
}

internal sealed class CardConverter : MapOrTextConverter<Card>
{
    protected override Card? OfText(string text) => null;

    protected override Card OfMap(IReadOnlyDictionary<string, string?> map) => new()
    {
        Visual = map.GetValueOrDefault("visual"),
        Type = map.GetValueOrDefault("type"),
        Bin = map.GetValueOrDefault("bin"),
        ExpiryMonth = map.GetValueOrDefault("expiry_month"),
        ExpiryYear = map.GetValueOrDefault("expiry_year"),
    };
}

internal sealed class UsedOfferCodeConverter : MapOrTextConverter<UsedOfferCode>
{
    protected override UsedOfferCode OfText(string text) => new(text, null);

    protected override UsedOfferCode OfMap(IReadOnlyDictionary<string, string?> map) =>
        new(map.GetValueOrDefault("code") ?? map.GetValueOrDefault("name") ?? "", map.GetValueOrDefault("displayed_amount_off"));
}

internal sealed class SaleAffiliateConverter : MapOrTextConverter<SaleAffiliate>
{
    protected override SaleAffiliate OfText(string text) => new(text, null);

    protected override SaleAffiliate OfMap(IReadOnlyDictionary<string, string?> map) =>
        new(map.GetValueOrDefault("email"), map.GetValueOrDefault("amount"));
}

/// <summary>What was chosen, as licenses write it: <c>(Studio, Large)</c>. A map is written the same way.</summary>
internal sealed class ChosenVariantsConverter : MapOrTextConverter<string>
{
    protected override string OfText(string text) => text;

    protected override string OfMap(IReadOnlyDictionary<string, string?> map) => $"({string.Join(", ", map.Values)})";
}
