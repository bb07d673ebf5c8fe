using System.Buffers;
using System.Text.Json;
using Latchkey.AspNetCore.Web;
using Latchkey.PurchaseLinks;
using Latchkey.Subjects;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>What a seller may ask of a link.</summary>
internal static class LinkInput
{
    private const int LongestText = 300;
    private const int LongestDescription = 10_000;
    private const int LongestAddress = 2_000;
    private const int MostCopies = 1_000;
    private const long HighestCents = 100_000_000;

    public static IResult? Fault(TenantContext tenant, PurchaseLinkBody body, bool isLocal) =>
        StrengthOf(body) is not { } strength
            ? Problems.Invalid("strength", "strength is 'token', 'code' or 'product'; 'token' when it is left out.")
        : FaultOfProduct(body, strength)
        ?? FaultOfTerms(body, strength)
        ?? FaultOfGrant(tenant, body)
        ?? FaultOfSession(tenant, body, isLocal);

    /// <param name="body">Without a fault.</param>
    public static LinkOrder OrderOf(PurchaseLinkBody body)
    {
        var strength = StrengthOf(body)!.Value;
        var terms = new LinkTerms
        {
            GumroadProduct = body.GumroadProduct?.Trim(),
            Variant = body.Variant?.Trim(),
            Recurrence = body.Recurrence?.Trim(),
            MinPriceUsdCents = body.MinPriceUsdCents,
            PricingCurrency = body.PricingCurrency ?? (strength == LinkStrength.Product ? "usd" : null),
            Quantity = body.Quantity ?? 1,
            Gift = body.Gift ?? false,
            Product = body.Product,
            KeyType = body.KeyType,
            RefundRepeats = body.RefundRepeats ?? false,
            PercentOff = body.PercentOff ?? 0,
            Name = body.Name?.Trim(),
            Description = body.Description,
            PriceCents = body.PriceCents,
        };
        var subject = Subject.TryParse(body.Subject, out var named) ? named : null;
        var life = body.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : LinkOrder.UsualLife;
        return new(strength, terms, DataOf(body), subject, body.ReturnUrl, life);
    }

    /// <summary>Whether an app may wait there for its user.</summary>
    /// <param name="isLocal">This server itself is reached on this machine only.</param>
    public static bool IsReturnUrl(string text, bool isLocal) =>
        text.Length <= LongestAddress
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { UserInfo: "" }
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && (isLocal || uri.IsLoopback)));

    private static LinkStrength? StrengthOf(PurchaseLinkBody body) => body.Strength switch
    {
        null or "token" => LinkStrength.Token,
        "code" => LinkStrength.Code,
        "product" => LinkStrength.Product,
        _ => null,
    };

    private static IResult? FaultOfProduct(PurchaseLinkBody body, LinkStrength strength) => strength == LinkStrength.Product
        ? body.GumroadProduct is not null
            ? Problems.Invalid("gumroad_product", "With the strength 'product' Latchkey makes the product at Gumroad; leave gumroad_product out and give name and price_cents.")
        : body.Variant is not null
            ? Problems.Invalid("variant", "A product made for one link has no variants; leave variant out.")
        : body.Recurrence is not null
            ? Problems.Invalid("recurrence", "A product made for one link is sold once; leave recurrence out.")
        : IsBlank(body.Name)
            ? Problems.Invalid("name", "name is what the product is called at Gumroad, 1 to 300 characters.")
        : body.Description?.Length > LongestDescription
            ? Problems.Invalid("description", "description is at most 10,000 characters, HTML as Gumroad takes it.")
        : body.PriceCents is not (>= 0 and <= HighestCents)
            ? Problems.Invalid("price_cents", "price_cents is the product's price in pricing_currency, in minor units: 900 is 9.00.")
        : null
        : IsBlank(body.GumroadProduct)
            ? Problems.Invalid("gumroad_product", "Name the Gumroad product: its id, short id, permalink or address.")
        : body.Name is not null || body.Description is not null || body.PriceCents is not null
            ? Problems.Invalid(
                body.Name is not null ? "name" : body.Description is not null ? "description" : "price_cents",
                "name, description and price_cents belong to the strength 'product'; an existing product has its own.")
        : null;

    private static IResult? FaultOfTerms(PurchaseLinkBody body, LinkStrength strength) =>
        body.Variant is not null && IsBlank(body.Variant)
            ? Problems.Invalid("variant", "variant is the name of a choice, as Gumroad shows it; leave it out to take any.")
        : body.Recurrence is not null && IsBlank(body.Recurrence)
            ? Problems.Invalid("recurrence", "recurrence is 'monthly', 'yearly' and so on, as Gumroad says it; leave it out to take any.")
        : body.MinPriceUsdCents is < 0 or > HighestCents
            ? Problems.Invalid("min_price_usd_cents", "min_price_usd_cents is what is to be paid at least, in US cents: 900 is $9.")
        : body.PricingCurrency is { } currency && (currency.Length != 3 || !currency.All(char.IsAsciiLetterLower))
            ? Problems.Invalid("pricing_currency", "pricing_currency is the product's currency as Gumroad writes it, three small letters: 'usd'.")
        : body.Quantity is < 1 or > MostCopies
            ? Problems.Invalid("quantity", "quantity is how many copies are to be bought, 1 to 1,000; 1 when it is left out.")
        : body.PercentOff is < 0 or > 100
            ? Problems.Invalid("percent_off", "percent_off is what the code takes off, 0 to 100; 0 when it is left out.")
        : body.PercentOff is not null && strength != LinkStrength.Code
            ? Problems.Invalid("percent_off", "percent_off belongs to the strength 'code'.")
        : null;

    private static IResult? FaultOfGrant(TenantContext tenant, PurchaseLinkBody body) =>
        body.Product is null && body.KeyType is null ? null
        : body.Product is null || !tenant.Products.ContainsKey(body.Product)
            ? Problems.Invalid("product", body.Product is null
                ? "product and key_type go together: what the link grants, whatever the rules say. Leave both out to let the rules say."
                : $"There is no product '{body.Product}'; make it first with PUT …/products/ID.")
        : body.KeyType is null || !tenant.KeyTypes.ContainsKey((body.Product, body.KeyType))
            ? Problems.Invalid("key_type", body.KeyType is null
                ? "product and key_type go together: what the link grants, whatever the rules say. Leave both out to let the rules say."
                : $"The product '{body.Product}' has no key type '{body.KeyType}'; make it first with PUT …/key-types/ID.")
        : null;

    private static IResult? FaultOfSession(TenantContext tenant, PurchaseLinkBody body, bool isLocal) =>
        body.RefundRepeats is true && tenant.Integration.SealedGumroadToken is null
            ? Problems.Invalid("refund_repeats", "To refund, Latchkey needs an access token for Gumroad's API; set gumroad_access_token with PUT …/integration.")
        : body.Subject is not null && !Subject.TryParse(body.Subject, out _)
            ? Problems.Invalid("subject", "subject is 'user:' and your own id of a user, or 'email:' and an address, at most 320 characters: user:42, email:mara@example.org.")
        : body.ExpiresIn is { } seconds && (seconds < LinkOrder.ShortestLife.TotalSeconds || seconds > LinkOrder.LongestLife.TotalSeconds)
            ? Problems.Invalid("expires_in", "expires_in is 60 to 7776000 seconds (90 days); 3600 when it is left out.")
        : body.ReturnUrl is { } url && !IsReturnUrl(url, isLocal)
            ? Problems.Invalid("return_url", "return_url is the https address where your app waits for its user, at most 2,000 characters: https://app.example/buy/return. On this machine http works too.")
        : DataOf(body)?.Length > LinkData.MaxBytes
            ? Problems.Invalid("data", "data is at most 64 KiB of JSON; keep more on your side, and its key in data.")
        : null;

    /// <summary>As it was given, less the spaces between.</summary>
    private static byte[]? DataOf(PurchaseLinkBody body)
    {
        if (body.Data is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } data)
        {
            return null;
        }

        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            data.WriteTo(json);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static bool IsBlank(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > LongestText;
}
