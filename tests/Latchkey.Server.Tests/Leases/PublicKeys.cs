using Latchkey.Contracts.Leases;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Leases;

/// <summary>A tenant's public keys, fetched as an app fetches them.</summary>
internal static class PublicKeys
{
    public static async Task<IReadOnlyList<byte[]>> RootsAsync(Shop shop) =>
        [.. (await RootTextsAsync(shop)).Select(x => Convert.FromBase64String(x.Replace('-', '+').Replace('_', '/') + "="))];

    public static async Task<IReadOnlyList<string>> RootTextsAsync(Shop shop) =>
        [.. (await shop.Server.GetAsync($"{shop.Path}/keyset/roots")).Must(200)["roots"]!.AsArray().Select(k => (string)k!["x"]!)];

    public static async Task<KeysetClaims> KeysetAsync(Shop shop)
    {
        var token = (string)(await shop.Server.GetAsync($"{shop.Path}/keyset")).Must(200)["keyset"]!;
        return Assert.IsType<KeysetReading.Ok>(KeysetToken.Read(token, await RootsAsync(shop))).Claims;
    }

    /// <summary>Statuses by kid.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> StatusesAsync(Shop shop) =>
        (await KeysetAsync(shop)).Keys.ToDictionary(k => k.Kid, k => k.Status!);
}
