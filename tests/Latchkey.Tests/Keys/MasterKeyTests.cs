using System.Security.Cryptography;
using Latchkey.Keys;

namespace Latchkey.Tests.Keys;

public class MasterKeyTests
{
    private static readonly MasterKey Master = new(Acme.VectorSecret);

    [Fact]
    public void A_wrapped_secret_opens_for_its_purpose() =>
        Assert.Equal([1, 2, 3], Master.Unwrap(Master.Wrap([1, 2, 3], "tenant:acme:data"), "tenant:acme:data"));

    [Fact]
    public void Another_purpose_is_refused()
    {
        var wrapped = Master.Wrap([1, 2, 3], "tenant:acme:data");
        Assert.ThrowsAny<CryptographicException>(() => Master.Unwrap(wrapped, "tenant:bolt:data"));
        Assert.ThrowsAny<CryptographicException>(() => Master.Unwrap(wrapped, "tenant:acme:derivation"));
    }

    [Fact]
    public void Another_master_key_is_refused_even_if_the_id_is_forged()
    {
        var other = MasterKey.Create();
        var wrapped = Master.Wrap([1, 2, 3], "p");
        Assert.ThrowsAny<CryptographicException>(() => other.Unwrap(wrapped, "p"));

        byte[] forged = [.. other.Wrap([9], "p")[..8], .. wrapped[8..]];
        Assert.ThrowsAny<CryptographicException>(() => other.Unwrap(forged, "p"));
    }

    [Fact]
    public void Any_flipped_bit_is_refused()
    {
        var wrapped = Master.Wrap([1, 2, 3], "p");
        for (var bit = 0; bit < wrapped.Length * 8; bit++)
        {
            var damaged = wrapped.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => Master.Unwrap(damaged, "p"));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_is_refused(int bytes) =>
        Assert.Contains($"{bytes} bytes", Assert.Throws<ArgumentException>(() => new MasterKey(new byte[bytes])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_fingerprint_tells_keys_apart_and_shows_nothing_of_them()
    {
        var again = new MasterKey(Convert.FromBase64String(Master.ToBase64()));
        Assert.Equal(Master.Fingerprint, again.Fingerprint);
        Assert.NotEqual(Master.Fingerprint, MasterKey.Create().Fingerprint);
        Assert.DoesNotContain("000102", Master.Fingerprint, StringComparison.Ordinal);
    }
}
