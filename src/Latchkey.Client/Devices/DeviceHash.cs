using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Client;

internal static class DeviceHash
{
    /// <summary>What the server may know of the device: different for every product.</summary>
    public static string Of(string product, string rawId) =>
        Randomness.Base64Url(SHA256.HashData(Encoding.UTF8.GetBytes($"dev1|{product}|{rawId}")));
}
