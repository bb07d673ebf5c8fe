using Latchkey.AspNetCore.Web;
using Latchkey.Contracts;
using Latchkey.Contracts.Api;
using Latchkey.Licenses;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Licenses;

/// <summary>What an app may say.</summary>
internal static class AppInput
{
    private const int LongestProduct = 64;
    private const int LongestId = 64;
    private const int LongestNonce = 43;   // 32 bytes
    private const int ShortestNonce = 11;  // 8 bytes
    private const int HashLength = 43;     // SHA-256 in base64url

    public static IResult? Fault(ActivateRequest r) => KeyAndProduct(r.Key, r.Product) ?? DeviceOf(r.Device) ?? Nonce(r.Nonce, required: true);

    public static IResult? Fault(ValidateRequest r) =>
        KeyAndProduct(r.Key, r.Product)
        ?? (r.ActivationId is null ? null : Activation(r.ActivationId) ?? DeviceOf(r.Device) ?? Nonce(r.Nonce, required: true))
        ?? Nonce(r.Nonce, required: false);

    public static IResult? Fault(DeactivateRequest r) => KeyAndProduct(r.Key, r.Product) ?? Activation(r.ActivationId);

    private static IResult? KeyAndProduct(string? key, string? product) =>
        string.IsNullOrWhiteSpace(key) || key.Length > KeyFinder.LongestKey ? Problems.Invalid("key", "key is the license key that the buyer typed.")
        : string.IsNullOrEmpty(product) || product.Length > LongestProduct ? Problems.Invalid("product", "product is the id of the product at this server.")
        : null;

    private static IResult? Activation(string? id) =>
        string.IsNullOrEmpty(id) || id.Length > LongestId ? Problems.Invalid("activation_id", "activation_id is the id that activating returned.") : null;

    private static IResult? DeviceOf(DeviceInfo? device) =>
        device?.Hash is { Length: HashLength } hash && hash.All(IsBase64Url)
            ? null
            : Problems.Invalid("device.hash", "device.hash is SHA-256 of 'dev1|' + product + '|' + the device's identifier, in base64url (43 characters).");

    private static IResult? Nonce(string? nonce, bool required) =>
        nonce is null && !required ? null
        : nonce is { Length: >= ShortestNonce and <= LongestNonce } && nonce.All(IsBase64Url) ? null
        : Problems.Invalid("nonce", "nonce is 8 to 32 random bytes in base64url.");

    private static bool IsBase64Url(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}

/// <summary>A sentence for people behind each code.</summary>
internal static class AppTexts
{
    public static string ReasonOf(string code) => code switch
    {
        Codes.KeyNotFound => "This license key is not known for this product. Check it for typing errors.",
        Codes.Refunded => "This purchase was refunded, so its license has ended.",
        Codes.Disputed => "The payment of this purchase is disputed; the license is suspended until that is settled.",
        Codes.BlockedBySeller => "The seller has suspended this license. Please write to the seller.",
        Codes.Abuse => "This license was revoked for abuse.",
        Codes.Expired => "This license has run out.",
        Codes.SubscriptionEnded => "The subscription behind this license has ended.",
        Codes.NotStarted => "This license has not started yet.",
        Codes.Reissued => "This key was replaced by a newer one; use the key from the latest mail.",
        Codes.ActivationNotFound => "This activation is not known; activate this device again.",
        Codes.ActivationReleased => "This device was released; activate it again.",
        Codes.DeviceMismatch => "This activation belongs to another device.",
        Codes.ReleaseLimitReached => "Too many devices were released lately.",
        Codes.EntitlementMissing => "This license does not include what was asked for.",
        _ => "The license cannot be used now.",
    };
}
