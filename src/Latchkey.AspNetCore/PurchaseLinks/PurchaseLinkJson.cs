using System.Text.Json;
using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Web;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>What a link is to sell, to whom, and what the app wants to have back with it.</summary>
/// <param name="GumroadProduct">Id, short id, permalink or address of an existing product; not for the strength <c>product</c>.</param>
/// <param name="Strength"><c>token</c> (default), <c>code</c> or <c>product</c>.</param>
/// <param name="Data">Any JSON, at most 64 KiB.</param>
/// <param name="Subject"><c>user:…</c> or <c>email:…</c>.</param>
/// <param name="ReturnUrl">Where the app waits for its user.</param>
/// <param name="ExpiresIn">Seconds, 60 to 7,776,000 (90 days); 3,600 when left out.</param>
/// <param name="MinPriceUsdCents">For the whole quantity.</param>
/// <param name="PercentOff">Of the code, 0 to 100.</param>
/// <param name="PriceCents">Of a product of its own, in <paramref name="PricingCurrency"/>.</param>
internal sealed record PurchaseLinkBody(
    [property: JsonPropertyName("gumroad_product")] string? GumroadProduct = null,
    [property: JsonPropertyName("strength")] string? Strength = null,
    [property: JsonPropertyName("data")] JsonElement? Data = null,
    [property: JsonPropertyName("subject")] string? Subject = null,
    [property: JsonPropertyName("return_url")] string? ReturnUrl = null,
    [property: JsonPropertyName("expires_in")] long? ExpiresIn = null,
    [property: JsonPropertyName("variant")] string? Variant = null,
    [property: JsonPropertyName("recurrence")] string? Recurrence = null,
    [property: JsonPropertyName("min_price_usd_cents")] long? MinPriceUsdCents = null,
    [property: JsonPropertyName("pricing_currency")] string? PricingCurrency = null,
    [property: JsonPropertyName("quantity")] int? Quantity = null,
    [property: JsonPropertyName("gift")] bool? Gift = null,
    [property: JsonPropertyName("product")] string? Product = null,
    [property: JsonPropertyName("key_type")] string? KeyType = null,
    [property: JsonPropertyName("refund_repeats")] bool? RefundRepeats = null,
    [property: JsonPropertyName("percent_off")] int? PercentOff = null,
    [property: JsonPropertyName("name")] string? Name = null,
    [property: JsonPropertyName("description")] string? Description = null,
    [property: JsonPropertyName("price_cents")] long? PriceCents = null);

/// <param name="Url">Answers with Gumroad's checkout, and uses nothing up.</param>
/// <param name="WaitUrl">The page that waits for the payment.</param>
/// <param name="Reason">Why it is not open, or <c>refunded</c>.</param>
/// <param name="Data">Only where one link is read.</param>
/// <param name="Purchase">The one that redeemed it; of a held one the purchase that does not fit.</param>
/// <param name="Candidates">Purchases that may be its own: only the seller can tell.</param>
internal sealed record PurchaseLinkReply(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("wait_url")] string WaitUrl,
    [property: JsonPropertyName("expires_at")] DateTimeOffset ExpiresAt,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("strength")] string Strength,
    [property: JsonPropertyName("subject")] string? Subject,
    [property: JsonPropertyName("return_url")] string? ReturnUrl,
    [property: JsonPropertyName("purchase")] string? Purchase,
    [property: JsonPropertyName("candidates")] IReadOnlyList<string> Candidates,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("opened_at")] DateTimeOffset? OpenedAt,
    [property: JsonPropertyName("redeemed_at")] DateTimeOffset? RedeemedAt,
    [property: JsonPropertyName("terms")] LinkTermsReply Terms,
    [property: JsonPropertyName("gumroad"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LinkAtGumroadReply? Gumroad,
    [property: JsonPropertyName("data"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Data = null);

/// <summary>As they were given.</summary>
internal sealed record LinkTermsReply(
    [property: JsonPropertyName("gumroad_product")] string? GumroadProduct,
    [property: JsonPropertyName("variant")] string? Variant,
    [property: JsonPropertyName("recurrence")] string? Recurrence,
    [property: JsonPropertyName("min_price_usd_cents")] long? MinPriceUsdCents,
    [property: JsonPropertyName("pricing_currency")] string? PricingCurrency,
    [property: JsonPropertyName("quantity")] int Quantity,
    [property: JsonPropertyName("gift")] bool Gift,
    [property: JsonPropertyName("product")] string? Product,
    [property: JsonPropertyName("key_type")] string? KeyType,
    [property: JsonPropertyName("refund_repeats")] bool RefundRepeats,
    [property: JsonPropertyName("percent_off")] int PercentOff,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("description")] string? Description,
    [property: JsonPropertyName("price_cents")] long? PriceCents);

/// <summary>What was made for a link at Gumroad, and what is still to be done about it.</summary>
/// <param name="Removed">It is gone again.</param>
/// <param name="Chore">What is done next: <c>read_back</c>, <c>remove</c> or <c>refund</c>.</param>
/// <param name="LastError">Why that failed the last time; null before the first failure.</param>
internal sealed record LinkAtGumroadReply(
    [property: JsonPropertyName("product_id")] string? ProductId,
    [property: JsonPropertyName("offer_code_id")] string? OfferCodeId,
    [property: JsonPropertyName("removed")] bool Removed,
    [property: JsonPropertyName("chore")] string? Chore,
    [property: JsonPropertyName("due_at")] DateTimeOffset? DueAt,
    [property: JsonPropertyName("attempts")] int Attempts,
    [property: JsonPropertyName("last_error")] string? LastError);

/// <param name="Purchase">The id of a purchase of this tenant.</param>
internal sealed record AcceptBody(
    [property: JsonPropertyName("purchase")] string? Purchase);

/// <summary>What a waiting page is told.</summary>
/// <param name="Title">For the buyer.</param>
/// <param name="Text">For the buyer.</param>
/// <param name="Url">The return address with its result, once there is nothing to wait for; null when the link has none.</param>
/// <param name="Ended">Nothing more comes.</param>
internal sealed record WaitData(
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("url")] string? Url,
    [property: JsonPropertyName("ended")] bool Ended);

/// <param name="Checking">Gumroad is being asked; false when there is nothing to ask.</param>
internal sealed record CheckReply(
    [property: JsonPropertyName("checking")] bool Checking);

/// <summary>Every JSON text of purchase links.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PurchaseLinkBody))]
[JsonSerializable(typeof(PurchaseLinkReply))]
[JsonSerializable(typeof(Page<PurchaseLinkReply>))]
[JsonSerializable(typeof(AcceptBody))]
[JsonSerializable(typeof(WaitData))]
[JsonSerializable(typeof(CheckReply))]
internal sealed partial class PurchaseLinkJson : JsonSerializerContext;
