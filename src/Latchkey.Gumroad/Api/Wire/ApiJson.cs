using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(TextConverter), typeof(IntegerConverter), typeof(SmallIntegerConverter), typeof(AmountConverter),
        typeof(FlagConverter), typeof(OptionalFlagConverter), typeof(TimeConverter),
        typeof(TextListConverter), typeof(TextMapConverter),
        typeof(CardConverter), typeof(UsedOfferCodeConverter), typeof(SaleAffiliateConverter),
    ])]
[JsonSerializable(typeof(GumroadUser))]
[JsonSerializable(typeof(IReadOnlyList<Product>))]
[JsonSerializable(typeof(IReadOnlyList<OfferCode>))]
[JsonSerializable(typeof(IReadOnlyList<VariantCategory>))]
[JsonSerializable(typeof(IReadOnlyList<Variant>))]
[JsonSerializable(typeof(IReadOnlyList<CustomField>))]
[JsonSerializable(typeof(IReadOnlyList<Sku>))]
[JsonSerializable(typeof(IReadOnlyList<Sale>))]
[JsonSerializable(typeof(IReadOnlyList<Subscriber>))]
[JsonSerializable(typeof(IReadOnlyList<ResourceSubscription>))]
[JsonSerializable(typeof(IReadOnlyList<Payout>))]
[JsonSerializable(typeof(LicenseAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext;
