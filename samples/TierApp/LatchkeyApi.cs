using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace TierApp;

/// <summary>What this backend asks Latchkey. The token stays here; no browser ever sees it.</summary>
internal sealed class LatchkeyApi(HttpClient http, TierSettings settings)
{
    /// <summary>With this one the user's own page opens its stream: it is good for this subject, for ten minutes.</summary>
    public async Task<string> PageTokenAsync(string user, CancellationToken ct)
    {
        using var reply = await http.PostAsync(PathOf(user) + "/token", content: null, ct);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<PageToken>(ct))!.Token;
    }

    public async Task<bool> MayAsync(string user, string entitlement, CancellationToken ct)
    {
        var rights = await http.GetFromJsonAsync<UserRights>(PathOf(user), ct);
        return rights!.Products.Any(p => p.Product == settings.Product && p.Entitlements.Contains(entitlement));
    }

    /// <summary>The checkout's address, with the buyer's name in it and a signature that only this backend can make.</summary>
    public static string CheckoutFor(string id, string address, string secret)
    {
        var signed = id + "." + Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));
        return address + (address.Contains('?') ? "&" : "?") + "account=" + Uri.EscapeDataString(signed);
    }

    private string PathOf(string user) => $"v1/tenants/{settings.Tenant}/entitlements/{Uri.EscapeDataString("user:" + user)}";

    private sealed record PageToken([property: JsonPropertyName("token")] string Token);

    private sealed record UserRights([property: JsonPropertyName("products")] IReadOnlyList<ProductRights> Products);

    private sealed record ProductRights(
        [property: JsonPropertyName("product")] string Product,
        [property: JsonPropertyName("entitlements")] IReadOnlyList<string> Entitlements);
}
