using Latchkey.Contracts.Keys;

namespace Latchkey.Contracts.Tests.Keys;

public sealed class TypedKeyTests
{
    private const string Canonical = "ACME-7QK2M9XDT4W8B6VYR3NHJ5C90";

    [Theory]
    [InlineData("ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C90")]
    [InlineData("acme7qk2m9xdt4w8b6vyr3nhj5c9o")]
    [InlineData("  ACME 7QK2M 9XDT4\tW8B6V\r\nYR3NH J5C9O ")]
    [InlineData("ACME_7QK2M\u20119XDT4\u2013W8B6V\u2014YR3NH\u2212J5C90")]
    [InlineData("\uFEFFACME\u00A07QK2M\u200B9XDT4\u3000W8B6V\u00ADYR3NH\u2003J5C90")]
    [InlineData("\uFF21\uFF23\uFF2D\uFF25\uFF0D\uFF17\uFF31\uFF4B\uFF12\uFF2D9XDT4W8B6VYR3NHJ5C90")]
    public void Spelling_that_carries_no_meaning_is_forgiven(string typed) =>
        Assert.Equal(Canonical, Assert.IsType<KeyReading.Ok>(LicenseKey.Read(typed, "ACME")).Key.Canonical);

    [Fact]
    public void I_and_L_read_as_1_and_O_as_0()
    {
        var key = LicenseKey.FromBits("LOGIC", [0x08, 0x42, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.StartsWith("LOGIC-11110-", key.Display, StringComparison.Ordinal);

        var typed = "logic-iLlIo" + key.Display["LOGIC-11110".Length..].Replace('0', 'O');
        Assert.Equal(key, Assert.IsType<KeyReading.Ok>(LicenseKey.Read(typed, "LOGIC")).Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("GEMS9-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZVM")]
    [InlineData("7QK2M-9XDT4-W8B6V-YR3NH-J5C90")]
    public void Key_of_another_product_has_the_wrong_prefix(string? typed) =>
        Assert.IsType<KeyReading.WrongPrefix>(LicenseKey.Read(typed, "ACME"));

    [Theory]
    [InlineData("ACME", 0)]
    [InlineData("ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C9", 24)]
    [InlineData("ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C900", 26)]
    public void Wrong_length_says_how_many_there_are(string typed, int symbols) =>
        Assert.Equal(new KeyReading.WrongLength(symbols), LicenseKey.Read(typed, "ACME"));

    [Theory]
    [InlineData("ACME-7QK2M-9XuT4-W8B6V-YR3NH-J5C90", 8, 'U')]
    [InlineData("ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C9?", 25, '?')]
    [InlineData("ACME-\u00E97QK", 1, '\u00C9')]
    public void Bad_symbol_says_where_it_stands(string typed, int position, char symbol) =>
        Assert.Equal(new KeyReading.BadSymbol(position, symbol), LicenseKey.Read(typed, "ACME"));

    [Fact]
    public void Half_a_surrogate_pair_is_a_bad_symbol() =>
        Assert.Equal(new KeyReading.BadSymbol(2, '\uD83D'), LicenseKey.Read("ACME-7\uD83D", "ACME"));

    [Fact]
    public void Mistyped_symbol_is_a_check_mismatch() =>
        Assert.IsType<KeyReading.CheckMismatch>(LicenseKey.Read("ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C91", "ACME"));

    [Fact]
    public void Longest_prefix_is_tried_first()
    {
        var longer = LicenseKey.FromBits("ACME", new byte[15]);
        var shorter = LicenseKey.FromBits("AC", new byte[15]);

        Assert.Equal(new KeyReading.Ok(longer), LicenseKey.Read(longer.Display, "AC", "ACME"));
        Assert.Equal(new KeyReading.Ok(shorter), LicenseKey.Read(shorter.Display, "AC", "ACME"));
    }

    [Fact]
    public void Body_that_looks_like_a_longer_prefix_is_still_read()
    {
        // "AC" and a body that begins with "ME".
        var key = LicenseKey.FromBits("AC", [0b10100_011, 0b10_000000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Assert.StartsWith("AC-ME", key.Display, StringComparison.Ordinal);

        Assert.Equal(new KeyReading.Ok(key), LicenseKey.Read(key.Display, "AC", "ACME"));
    }
}
