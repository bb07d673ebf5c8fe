namespace Latchkey.Contracts.Keys;

/// <summary>A key that the shop or another system made: kept as it is, without check symbols.</summary>
public static class ForeignKey
{
    /// <summary>The form that is hashed and compared: trimmed, in upper case.</summary>
    public static string Normalize(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Trim().ToUpperInvariant();
    }

    /// <summary>The key hash that a lease is bound to: SHA-256 of <c>key1|</c> and the normalized key, base64url.</summary>
    public static string Hash(string normalized)
    {
        ArgumentNullException.ThrowIfNull(normalized);
        return KeyHash.Of(normalized);
    }

    /// <summary>
    /// The form for lists and logs: letters and digits masked, but for the last five characters; for fewer than
    /// sixteen characters nothing is shown, since five of them would be too much.
    /// </summary>
    public static string Masked(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var text = key.Trim();
        var shown = text.Length < 16 ? text.Length : text.Length - 5;
        return new string([.. text.Select((c, i) => i < shown && c != '-' ? '*' : c)]);
    }

    /// <summary>Whether this is a key as Gumroad makes them: four groups of eight hexadecimal digits.</summary>
    public static bool IsGumroadFormat(string? key)
    {
        if (key?.Trim() is not { Length: 35 } text)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var fits = i % 9 == 8 ? text[i] == '-' : text[i] is (>= '0' and <= '9') or (>= 'A' and <= 'F') or (>= 'a' and <= 'f');
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
