using System.Numerics;
using Latchkey.Contracts.Leases;

namespace Latchkey.Contracts.Tests.Leases;

public sealed class Ed25519Tests
{
    private static readonly BigInteger GroupOrder = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    public static TheoryData<string, string, string, string> Rfc8032()
    {
        using var file = new StreamReader(typeof(Ed25519Tests).Assembly.GetManifestResourceStream("rfc8032.txt")!);
        var lines = file.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.TrimStart('-')).ToArray();
        return [.. lines.Chunk(4).Select(v => (v[0], v[1], v[2], v[3]))];
    }

    [Fact]
    public void All_five_vectors_are_here() => Assert.Equal([0, 1, 2, 1023, 64], Rfc8032().Select(v => v.Data.Item3.Length / 2));

    [Theory]
    [MemberData(nameof(Rfc8032))]
    public void Vectors_of_RFC_8032_hold_both_ways(string seed, string publicKey, string message, string signature)
    {
        var text = Convert.FromHexString(message);

        Assert.Equal(publicKey, Convert.ToHexStringLower(Ed25519.PublicKey(Convert.FromHexString(seed))));
        Assert.Equal(signature, Convert.ToHexStringLower(Ed25519.Sign(Convert.FromHexString(seed), text)));
        Assert.True(Ed25519.Verify(Convert.FromHexString(publicKey), text, Convert.FromHexString(signature)));
        Assert.False(Ed25519.Verify(Convert.FromHexString(publicKey), [.. text, 0], Convert.FromHexString(signature)));
    }

    [Fact]
    public void Signature_with_the_group_order_added_to_S_is_refused()
    {
        var (seed, message) = (new byte[32], "hello"u8.ToArray());
        var signature = Ed25519.Sign(seed, message);
        var raised = new BigInteger(signature.AsSpan(32), isUnsigned: true) + GroupOrder;
        byte[] other = [.. signature.AsSpan(0, 32), .. raised.ToByteArray(isUnsigned: true)];

        Assert.Equal(64, other.Length);
        Assert.True(Ed25519.Verify(Ed25519.PublicKey(seed), message, signature));
        Assert.False(Ed25519.Verify(Ed25519.PublicKey(seed), message, other));
    }

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void Key_of_small_order_verifies_nothing(string hex)
    {
        var key = Convert.FromHexString(hex);
        byte[] signed = [.. key];
        signed[31] |= 0x80;

        // R the identity, S zero: with a small-order key this "signs" one message in eight at least.
        byte[] signature = [1, .. new byte[63]];
        foreach (var message in Enumerable.Range(0, 64).Select(i => new[] { (byte)i }))
        {
            Assert.False(Ed25519.Verify(key, message, signature));
            Assert.False(Ed25519.Verify(signed, message, signature));
        }
    }

    [Fact]
    public void Garbage_is_false_and_never_throws()
    {
        var random = new Random(7);
        foreach (var length in new[] { 0, 1, 31, 32, 33, 63, 64, 65 })
        {
            for (var i = 0; i < 20; i++)
            {
                byte[] key = new byte[length], signature = new byte[length], good = new byte[64];
                random.NextBytes(key);
                random.NextBytes(signature);
                random.NextBytes(good);
                Assert.False(Ed25519.Verify(key, [1, 2, 3], good));
                Assert.False(Ed25519.Verify(Ed25519.PublicKey(new byte[32]), [1, 2, 3], signature));
            }
        }
    }

    [Fact]
    public void Seed_of_another_length_is_an_argument_error()
    {
        Assert.Throws<ArgumentException>(() => Ed25519.PublicKey(new byte[31]));
        Assert.Throws<ArgumentException>(() => Ed25519.Sign(new byte[33], []));
    }
}
