using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Keys;

/// <summary>
/// How a license key is found without being stored: HMAC-SHA-256 of its canonical form under the installation's secret.
/// Imported keys can be weak, so a plain hash would let a thief of the database guess them.
/// </summary>
internal sealed class KeyLookup(byte[] secret)
{
    /// <param name="canonical">A key's canonical form, or a foreign key trimmed and upper-cased.</param>
    public byte[] Of(string canonical) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(canonical));
}
