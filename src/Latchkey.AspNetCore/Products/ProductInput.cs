using Latchkey.AspNetCore.Web;
using Latchkey.Contracts.Keys;
using Latchkey.Products;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Products;

/// <summary>What a seller may say of products and key types.</summary>
internal static class ProductInput
{
    private const double ShortestLeaseDays = 1.0 / 24;
    private const int MostDays = 90;

    public static IResult? Fault(string id, ProductBody body) =>
        !IsCode(id) ? Problems.Invalid("product", "A product's id is 1 to 64 of a-z, 0-9, '.', '_', ':' and '-'.")
        : body.Name?.Trim() is not { Length: >= 1 and <= 100 } ? Problems.Invalid("name", "name is 1 to 100 characters.")
        : body.KeyPrefix is { } prefix && !LicenseKey.IsValidPrefix(prefix) ? Problems.Invalid("key_prefix", "key_prefix is 2 to 8 of A-Z and 0-9, a letter first.")
        : body.KeySource is not (null or "shop" or "own" or "both") ? Problems.Invalid("key_source", "key_source is 'shop', 'own' or 'both'.")
        : body.TrialDays is < 1 or > 366 ? Problems.Invalid("trial_days", "trial_days is 1 to 366, or null when its memberships have no free trial.")
        : body.OnCompleted is not (null or "keep" or "end")
            ? Problems.Invalid("on_completed", "on_completed is 'keep' (what is paid off stays) or 'end' (a membership of fixed length ends).")
        : null;

    public static IResult? Fault(string id, KeyTypeBody body) =>
        !IsCode(id) ? Problems.Invalid("key_type", "A key type's id is 1 to 64 of a-z, 0-9, '.', '_', ':' and '-'.")
        : body.Name?.Trim() is not { Length: >= 1 and <= 100 } ? Problems.Invalid("name", "name is 1 to 100 characters.")
        : body.ActivationLimit is < 1 ? Problems.Invalid("activation_limit", "activation_limit is at least 1, or null for unlimited.")
        : body.DurationDays is < 1 or > 36500 ? Problems.Invalid("duration_days", "duration_days is 1 to 36500, or null for a lasting right.")
        : body.Entitlements is { } entitlements && FaultOfCodes("entitlements", entitlements) is { } wrong ? wrong
        : body.Tier is { } tier && !IsCode(tier) ? Problems.Invalid("tier", "tier is a code of a-z, 0-9, '.', '_', ':' and '-'.")
        : body.LeaseDays is < ShortestLeaseDays or > MostDays ? Problems.Invalid("lease_days", "lease_days is 0.0417 (one hour) to 90.")
        : body.LeaseGraceDays is < 0 or > MostDays ? Problems.Invalid("lease_grace_days", "lease_grace_days is 0 to 90.")
        : body.BillingGraceDays is < 0 or > MostDays ? Problems.Invalid("billing_grace_days", "billing_grace_days is 0 to 90.")
        : body.Quantity is not (null or "seats" or "keys" or "ignore")
            ? Problems.Invalid("quantity", "quantity is 'seats' (one key, the limit is multiplied), 'keys' (that many keys) or 'ignore'.")
        : body.AfterEnd is { } after ? Fault(after)
        : null;

    public static Product ProductOf(string id, ProductBody b) => new(id, b.Name!.Trim(), b.KeyPrefix ?? PrefixOf(id), SourceOf(b.KeySource))
    {
        TrialDays = b.TrialDays,
        OnCompleted = b.OnCompleted switch
        {
            "keep" => OnCompleted.Keep,
            "end" => OnCompleted.End,
            _ => null,
        },
    };

    public static KeyType KeyTypeOf(string product, string id, KeyTypeBody b) => new(
        product, id, b.Name!.Trim(), b.ActivationLimit, b.DurationDays,
        Codes(b.Entitlements ?? []), b.Tier, b.Rank ?? 0, b.LeaseDays ?? 7, b.LeaseGraceDays ?? 7, b.BillingGraceDays ?? 3)
    {
        Quantity = b.Quantity switch
        {
            "keys" => QuantityMode.Keys,
            "ignore" => QuantityMode.Ignore,
            _ => QuantityMode.Seats,
        },
        KeptAfterEnd = b.AfterEnd is { Mode: "limited", Entitlements: { } kept } ? Codes(kept) : null,
    };

    private static KeySource? SourceOf(string? text) => text switch
    {
        "shop" => KeySource.Shop,
        "own" => KeySource.Own,
        "both" => KeySource.Both,
        _ => null,
    };

    /// <summary>A prefix from a product's id: its letters and digits, upper-cased, a letter first.</summary>
    private static string PrefixOf(string product)
    {
        var text = new string([.. product.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).SkipWhile(char.IsAsciiDigit).Take(8)]);
        return text.Length >= 2 ? text : "KEY" + text;
    }

    private static IResult? Fault(AfterEndBody after) => after.Mode switch
    {
        "none" => after.Entitlements is null or [] ? null : Problems.Invalid("after_end.entitlements", "With the mode 'none' nothing stays; leave entitlements out, or use 'limited'."),
        "limited" => after.Entitlements is { Count: > 0 } kept
            ? FaultOfCodes("after_end.entitlements", kept)
            : Problems.Invalid("after_end.entitlements", "Name the entitlements that stay after the end, or use the mode 'none'."),
        _ => Problems.Invalid("after_end.mode", "after_end.mode is 'none' or 'limited'."),
    };

    private static IResult? FaultOfCodes(string field, IReadOnlyList<string> codes) =>
        codes.Any(e => !IsCode(e)) ? Problems.Invalid(field, "Each entitlement is a code of 1 to 64 of a-z, 0-9, '.', '_', ':' and '-'.")
        : codes.Count > 50 ? Problems.Invalid(field, "At most 50 entitlements go into a lease.")
        : null;

    private static string[] Codes(IReadOnlyList<string> codes) => [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static bool IsCode(string? text) =>
        text is { Length: >= 1 and <= 64 } && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or ':' or '-');
}
