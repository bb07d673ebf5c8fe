using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Latchkey.Server.Tests.Running;

/// <summary>What an app sends.</summary>
internal static class Ask
{
    public static JsonObject Activate(string key, string device) => new()
    {
        ["key"] = key,
        ["product"] = Shop.Product,
        ["device"] = Device(device),
        ["nonce"] = Nonce(),
    };

    public static JsonObject Validate(string key, string? activation, string device, string? entitlement = null)
    {
        var body = new JsonObject { ["key"] = key, ["product"] = Shop.Product, ["device"] = Device(device), ["nonce"] = Nonce() };
        if (activation is not null)
        {
            body["activation_id"] = activation;
        }

        if (entitlement is not null)
        {
            body["entitlement"] = entitlement;
        }

        return body;
    }

    public static JsonObject Device(string name) => new()
    {
        ["hash"] = Base64Url(SHA256.HashData(Encoding.UTF8.GetBytes($"dev1|{Shop.Product}|{name}"))),
        ["name"] = name,
        ["platform"] = "linux",
        ["app_version"] = "2.1",
    };

    public static string Nonce() => Base64Url(RandomNumberGenerator.GetBytes(8));

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
