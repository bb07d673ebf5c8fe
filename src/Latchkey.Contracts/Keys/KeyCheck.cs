namespace Latchkey.Contracts.Keys;

/// <summary>
/// The two check symbols. 1021 is prime and 32 has order 68 modulo 1021, so every single wrong symbol and every
/// exchange of two symbols is caught. A typing aid, not a security measure.
/// </summary>
internal static class KeyCheck
{
    private const int Modulus = 1021;

    public static string Symbols(string prefix, string body)
    {
        var remainder = 0;
        foreach (var c in prefix)
        {
            remainder = (remainder * 36 + (c <= '9' ? c - '0' : c - 'A' + 10)) % Modulus;
        }

        foreach (var c in body)
        {
            remainder = (remainder * 32 + Value(c)) % Modulus;
        }

        return new string([Crockford32.Alphabet[remainder / 32], Crockford32.Alphabet[remainder % 32]]);
    }

    /// <summary>The symbol's value, or -1.</summary>
    public static int Value(char symbol) => Crockford32.Alphabet.IndexOf(symbol);

    public static bool IsBase36(char c) => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
