using System.Text.Json.Serialization;
using Latchkey.Products;

namespace Latchkey.Inbox;

/// <summary>Something the seller did to a license by hand. Of two of the same kind the later one stands.</summary>
/// <param name="Kind">One of <see cref="SellerActs"/>.</param>
/// <param name="At">Unix milliseconds; rises with every act on the same license.</param>
internal sealed record SellerAct(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("license")] string License,
    [property: JsonPropertyName("at")] long At);

internal static class SellerActs
{
    public const string Suspend = "suspend";
    public const string Reinstate = "reinstate";
    public const string Reissue = "reissue";
}

/// <summary>The settings a purchase was granted with: later changes of rules or key types do not touch it.</summary>
internal sealed record BakedSettings(
    [property: JsonPropertyName("rules_version")] int RulesVersion,
    [property: JsonPropertyName("product")] string Product,
    [property: JsonPropertyName("key_type")] string KeyType,
    [property: JsonPropertyName("key_prefix")] string KeyPrefix,
    [property: JsonPropertyName("key_source")] KeySource? KeySource,
    [property: JsonPropertyName("activation_limit")] int? ActivationLimit,
    [property: JsonPropertyName("duration_days")] int? DurationDays,
    [property: JsonPropertyName("entitlements")] IReadOnlyList<string> Entitlements,
    [property: JsonPropertyName("tier")] string? Tier,
    [property: JsonPropertyName("rank")] int Rank,
    [property: JsonPropertyName("lease_days")] double LeaseDays,
    [property: JsonPropertyName("lease_grace_days")] double LeaseGraceDays,
    [property: JsonPropertyName("billing_grace_days")] int BillingGraceDays)
{
    public static BakedSettings Of(RuleSet rules, Product product, KeyType keyType) => new(
        rules.Version, product.Id, keyType.Id, product.KeyPrefix, product.KeySource, keyType.ActivationLimit, keyType.DurationDays,
        keyType.Entitlements, keyType.Tier, keyType.Rank, keyType.LeaseDays, keyType.LeaseGraceDays, keyType.BillingGraceDays);
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(SellerAct))]
[JsonSerializable(typeof(BakedSettings))]
internal sealed partial class InboxJson : JsonSerializerContext;
