namespace Latchkey.Contracts.Keys;

/// <summary>Crockford base32: no I, L, O, U; five bits a symbol, most significant first.</summary>
public static class Crockford32
{
    internal const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string Lower = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Writes the first <paramref name="bits"/> bits in upper case.</summary>
    /// <param name="bytes">The source; at least as long as the bits asked for.</param>
    /// <param name="bits">How many bits, a multiple of five.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a multiple of five, or more bits than there are.</exception>
    public static string Encode(ReadOnlySpan<byte> bytes, int bits) => Encode(bytes, bits, Alphabet);

    /// <summary>Writes the first <paramref name="bits"/> bits in lower case, as ids are.</summary>
    /// <param name="bytes">The source; at least as long as the bits asked for.</param>
    /// <param name="bits">How many bits, a multiple of five; an id has 130.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a multiple of five, or more bits than there are.</exception>
    public static string EncodeLower(ReadOnlySpan<byte> bytes, int bits) => Encode(bytes, bits, Lower);

    private static string Encode(ReadOnlySpan<byte> bytes, int bits, string alphabet)
    {
        if (bits < 0 || bits % 5 != 0 || bits > bytes.Length * 8)
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "Must be a multiple of five, and no more than the bytes have.");
        }

        var symbols = new char[bits / 5];
        for (var i = 0; i < symbols.Length; i++)
        {
            var first = i * 5;
            var pair = (bytes[first / 8] << 8) | (first / 8 + 1 < bytes.Length ? bytes[first / 8 + 1] : 0);
            symbols[i] = alphabet[(pair >> (11 - first % 8)) & 31];
        }

        return new string(symbols);
    }
}
