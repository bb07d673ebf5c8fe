using System.Diagnostics.CodeAnalysis;

namespace Latchkey.Contracts;

/// <summary>Base64url without padding (RFC 4648, section 5), strict: one spelling for every sequence of bytes.</summary>
internal static class Base64Url
{
    public static string Encode(byte[] bytes) =>
        Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        foreach (var c in text)
        {
            if (c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_'))
            {
                return false;
            }
        }

        if (text.Length % 4 == 1)
        {
            return false;
        }

        var padding = (4 - (text.Length % 4)) % 4;
        var decoded = Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/') + new string('=', padding));

        // Bits left over in the last symbol must be zero, or one signature would have several spellings.
        if (!string.Equals(Encode(decoded), text, StringComparison.Ordinal))
        {
            return false;
        }

        bytes = decoded;
        return true;
    }
}
