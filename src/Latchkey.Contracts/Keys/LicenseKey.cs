using System.Text;

namespace Latchkey.Contracts.Keys;

/// <summary>
/// A generated license key: a prefix, 23 symbols that carry 115 bits, two check symbols. Made only by
/// <see cref="FromBits"/> and <see cref="Read(string?, IReadOnlyList{string})"/>, so it is always well formed.
/// It is the buyer's credential: <see cref="ToString"/> is masked.
/// </summary>
public readonly record struct LicenseKey
{
    internal const int Symbols = 25;
    private const int BodySymbols = 23;
    private const int Group = 5;

    private readonly string? _canonical;

    private LicenseKey(string canonical) => _canonical = canonical;

    /// <summary>The form that is hashed and compared: <c>PREFIX-</c> and 25 symbols. Empty for <c>default</c>.</summary>
    public string Canonical => _canonical ?? "";

    /// <summary>The form for people: a hyphen every five symbols.</summary>
    public string Display => Grouped(masked: false);

    /// <summary>The form for lists and logs: the prefix, masked groups, the last five symbols.</summary>
    public string Masked => Grouped(masked: true);

    /// <summary>The key hash that a lease is bound to: SHA-256 of <c>key1|</c> and the canonical key, base64url.</summary>
    public string Hash() => KeyHash.Of(Canonical);

    /// <summary>The masked form.</summary>
    public override string ToString() => _canonical is null ? "(none)" : Masked;

    /// <summary>Whether keys may begin with this: 2 to 8 of <c>A-Z 0-9</c>, the first a letter.</summary>
    public static bool IsValidPrefix(string? prefix) =>
        prefix is { Length: >= 2 and <= 8 } && prefix[0] is >= 'A' and <= 'Z' && prefix.All(KeyCheck.IsBase36);

    /// <summary>Makes the key that carries the first 115 of the given bits, most significant first.</summary>
    /// <param name="prefix">The product's prefix.</param>
    /// <param name="first115Bits">At least 15 bytes; what follows the first 115 bits is not used.</param>
    /// <exception cref="ArgumentException">The prefix is none, or the bits are too few.</exception>
    public static LicenseKey FromBits(string prefix, ReadOnlySpan<byte> first115Bits)
    {
        if (!IsValidPrefix(prefix))
        {
            throw new ArgumentException("Must be 2 to 8 of A-Z and 0-9, the first a letter.", nameof(prefix));
        }

        if (first115Bits.Length < 15)
        {
            throw new ArgumentException("Must be at least 15 bytes.", nameof(first115Bits));
        }

        var body = Crockford32.Encode(first115Bits, BodySymbols * 5);
        return new($"{prefix}-{body}{KeyCheck.Symbols(prefix, body)}");
    }

    /// <summary>Reads what a person typed. Needs no network.</summary>
    /// <param name="typed">The text: any case, any spacing, any kind of hyphen, O for 0, I or L for 1.</param>
    /// <param name="prefixes">The product's prefixes, present and former.</param>
    public static KeyReading Read(string? typed, params string[] prefixes) => Read(typed, (IReadOnlyList<string>)prefixes);

    /// <inheritdoc cref="Read(string?, string[])"/>
    public static KeyReading Read(string? typed, IReadOnlyList<string> prefixes)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        var text = TypedText.Clean(typed ?? "");

        KeyReading? first = null;
        foreach (var prefix in prefixes.Where(p => text.StartsWith(p, StringComparison.Ordinal)).OrderByDescending(p => p.Length))
        {
            // One prefix may begin another: if the longest does not fit, a shorter one may.
            var reading = ReadSymbols(prefix, text.Substring(prefix.Length));
            if (reading is KeyReading.Ok)
            {
                return reading;
            }

            first ??= reading;
        }

        return first ?? new KeyReading.WrongPrefix();
    }

    private static KeyReading ReadSymbols(string prefix, string typed)
    {
        var symbols = typed.Replace('I', '1').Replace('L', '1').Replace('O', '0');
        for (var i = 0; i < symbols.Length; i++)
        {
            if (KeyCheck.Value(symbols[i]) < 0)
            {
                return new KeyReading.BadSymbol(i + 1, typed[i]);
            }
        }

        if (symbols.Length != Symbols)
        {
            return new KeyReading.WrongLength(symbols.Length);
        }

        var check = KeyCheck.Symbols(prefix, symbols.Substring(0, BodySymbols));
        return symbols.EndsWith(check, StringComparison.Ordinal)
            ? new KeyReading.Ok(new LicenseKey($"{prefix}-{symbols}"))
            : new KeyReading.CheckMismatch();
    }

    private string Grouped(bool masked)
    {
        if (_canonical is null)
        {
            return "";
        }

        var start = _canonical.Length - Symbols;
        var text = new StringBuilder(_canonical, 0, start - 1, _canonical.Length + Group);
        for (var at = start; at < _canonical.Length; at += Group)
        {
            text.Append('-');
            _ = masked && at + Group < _canonical.Length ? text.Append('*', Group) : text.Append(_canonical, at, Group);
        }

        return text.ToString();
    }
}
