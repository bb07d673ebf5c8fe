using System.Security.Cryptography;
using System.Text;
using Latchkey.Contracts.Keys;

namespace Latchkey.Contracts.Tests.Keys;

public sealed class LicenseKeyTests
{
    private const string Symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData(0, 0, "ACME-FKR28-E1BQN-24GQA-WXRYF-8N75A")]
    [InlineData(0, 1, "ACME-TG96R-0GTQ9-5S3PN-NKE89-Y8RVP")]
    [InlineData(4, 0, "ACME-QSGSV-K61YM-M5T7M-DH5RA-50M72")]
    public void Bits_become_the_published_keys(int index, int generation, string expected)
    {
        var bits = Derive($"license1|WznJu2-e_JWyHO-n4pxrqQ==|studio|{index}|{generation}");

        Assert.Equal(expected, LicenseKey.FromBits("ACME", bits).Display);
        Assert.Equal(expected, LicenseKey.FromBits("ACME", bits.AsSpan(0, 15)).Display);
    }

    [Theory]
    [InlineData("pur_", "purchase1|WznJu2-e_JWyHO-n4pxrqQ==", "pur_3gg7dwbg51evn834s97mtj2vkb")]
    [InlineData("lic_", "license-id1|WznJu2-e_JWyHO-n4pxrqQ==|studio|0", "lic_d88ea5c34dqnc0306cer51h29t")]
    public void Bits_become_the_published_ids(string kind, string name, string expected) =>
        Assert.Equal(expected, kind + Crockford32.EncodeLower(Derive(name), 130));

    [Theory]
    [InlineData("ACME", "00000000000000000000000", "ACME-00000-00000-00000-00000-000BA")]
    [InlineData("ACME", "7QK2M9XDT4W8B6VYR3NHJ5C", "ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C90")]
    [InlineData("GEMS9", "ZZZZZZZZZZZZZZZZZZZZZZZ", "GEMS9-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZVM")]
    public void Check_symbols_are_the_published_ones(string prefix, string body, string expected)
    {
        var key = LicenseKey.FromBits(prefix, Bits(body));

        Assert.Equal(expected, key.Display);
        Assert.Equal(key, Read(expected, prefix));
    }

    [Fact]
    public void Every_form_of_a_key_is_as_published()
    {
        var key = Read("ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C90", "ACME");

        Assert.Equal("ACME-7QK2M9XDT4W8B6VYR3NHJ5C90", key.Canonical);
        Assert.Equal("ACME-*****-*****-*****-*****-J5C90", key.Masked);
        Assert.Equal("3lfCw1RFef1zRTSGP0sUucKkcVdw8daYqjUjGUBGHIw", key.Hash());
    }

    [Fact]
    public void Text_of_a_key_is_masked()
    {
        var key = Read("ACME-7QK2M-9XDT4-W8B6V-YR3NH-J5C90", "ACME");

        Assert.Equal(key.Masked, $"{key}");
        Assert.DoesNotContain("7QK2M", new KeyReading.Ok(key).ToString(), StringComparison.Ordinal);
        Assert.Equal("(none)", default(LicenseKey).ToString());
        Assert.Equal("", default(LicenseKey).Display);
    }

    [Fact]
    public void Every_single_wrong_symbol_is_caught()
    {
        foreach (var symbols in Samples())
        {
            for (var at = 0; at < symbols.Length; at++)
            {
                foreach (var other in Symbols.Where(s => s != symbols[at]))
                {
                    var typed = symbols.ToCharArray();
                    typed[at] = other;
                    Assert.IsType<KeyReading.CheckMismatch>(LicenseKey.Read("ACME-" + new string(typed), "ACME"));
                }
            }
        }
    }

    [Fact]
    public void Every_exchange_of_two_symbols_is_caught()
    {
        foreach (var symbols in Samples())
        {
            for (var a = 0; a < symbols.Length; a++)
            {
                for (var b = a + 1; b < symbols.Length; b++)
                {
                    var typed = symbols.ToCharArray();
                    (typed[a], typed[b]) = (typed[b], typed[a]);
                    var reading = LicenseKey.Read("ACME-" + new string(typed), "ACME");
                    Assert.True(typed[a] == typed[b] ? reading is KeyReading.Ok : reading is KeyReading.CheckMismatch);
                }
            }
        }
    }

    [Fact]
    public void Check_pair_of_1021_or_more_is_wrong()
    {
        foreach (var pair in new[] { "ZX", "ZY", "ZZ" })
        {
            Assert.IsType<KeyReading.CheckMismatch>(LicenseKey.Read($"ACME-{new string('0', 23)}{pair}", "ACME"));
        }
    }

    [Theory]
    [InlineData("A")]
    [InlineData("9ACME")]
    [InlineData("acme")]
    [InlineData("AC-ME")]
    [InlineData("ACMEACMEA")]
    [InlineData("")]
    [InlineData(null)]
    public void Prefix_that_is_none_makes_no_key(string? prefix)
    {
        Assert.False(LicenseKey.IsValidPrefix(prefix));
        Assert.Throws<ArgumentException>(() => LicenseKey.FromBits(prefix!, new byte[15]));
    }

    [Fact]
    public void Too_few_bits_make_no_key() => Assert.Throws<ArgumentException>(() => LicenseKey.FromBits("ACME", new byte[14]));

    /// <summary>A fixed spread of keys: three are derived, three are as regular as can be.</summary>
    private static IEnumerable<string> Samples() =>
        new[] { Derive("a"), Derive("b"), Derive("c"), new byte[15], [.. Enumerable.Repeat((byte)255, 15)], [.. Enumerable.Range(0, 15).Select(i => (byte)(i * 17))] }
            .Select(bits => LicenseKey.FromBits("ACME", bits).Canonical["ACME-".Length..]);

    private static LicenseKey Read(string typed, string prefix) => Assert.IsType<KeyReading.Ok>(LicenseKey.Read(typed, prefix)).Key;

    private static byte[] Derive(string name) => HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(name));

    private static byte[] Bits(string body)
    {
        var bits = string.Concat(body.Select(c => Convert.ToString(Symbols.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0'))).PadRight(120, '0');
        return [.. Enumerable.Range(0, 15).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
