using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Contracts.Keys;

/// <summary>What binds a lease to a key without showing the key.</summary>
internal static class KeyHash
{
    public static string Of(string key) => Base64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes("key1|" + key)));
}
