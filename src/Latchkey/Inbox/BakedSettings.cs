using System.Text.Json.Serialization;
using Latchkey.Products;

namespace Latchkey.Inbox;

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
    /// <summary>For which plan of the membership; null for what was bought at first.</summary>
    [JsonPropertyName("plan")]
    public string? Plan { get; init; }

    /// <summary>The user it belonged to when it was granted: what later changes of the settings, or of their secret, do not take away.</summary>
    [JsonPropertyName("user")]
    public string? User { get; init; }

    [JsonPropertyName("quantity")]
    public QuantityMode Quantity { get; init; }

    [JsonPropertyName("trial_days")]
    public int? TrialDays { get; init; }

    [JsonPropertyName("on_completed")]
    public OnCompleted? OnCompleted { get; init; }

    [JsonPropertyName("kept_after_end")]
    public IReadOnlyList<string>? KeptAfterEnd { get; init; }

    public static BakedSettings Of(RuleSet rules, Product product, KeyType keyType, string? plan = null) => new(
        rules.Version, product.Id, keyType.Id, product.KeyPrefix, product.KeySource, keyType.ActivationLimit, keyType.DurationDays,
        keyType.Entitlements, keyType.Tier, keyType.Rank, keyType.LeaseDays, keyType.LeaseGraceDays, keyType.BillingGraceDays)
    {
        Plan = plan,
        Quantity = keyType.Quantity,
        TrialDays = product.TrialDays,
        OnCompleted = product.OnCompleted,
        KeptAfterEnd = keyType.KeptAfterEnd,
    };
}
