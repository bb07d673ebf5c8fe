using System.Security.Cryptography;
using System.Text;
using Latchkey.Keys;

namespace Latchkey.Tests.Keys;

public class SecretBoxTests
{
    private static readonly byte[] Key = Acme.VectorSecret;
    private static readonly byte[] OtherKey = [.. Acme.VectorSecret.Reverse()];

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("sale_id=WznJu2-e_JWyHO-n4pxrqQ%3D%3D")]
    public void What_was_sealed_opens(string text)
    {
        var box = SecretBox.Seal(Key, Encoding.UTF8.GetBytes(text), "here"u8);
        Assert.Equal(text, Encoding.UTF8.GetString(SecretBox.Open(Key, box, "here"u8)));
        Assert.Equal(SecretBox.Overhead + text.Length, box.Length);
    }

    [Fact]
    public void The_same_text_never_gives_the_same_box() =>
        Assert.NotEqual(SecretBox.Seal(Key, "text"u8, "here"u8), SecretBox.Seal(Key, "text"u8, "here"u8));

    [Fact]
    public void Another_key_or_another_place_opens_nothing()
    {
        var box = SecretBox.Seal(Key, "text"u8, "here"u8);
        Assert.ThrowsAny<CryptographicException>(() => SecretBox.Open(OtherKey, box, "here"u8));
        Assert.ThrowsAny<CryptographicException>(() => SecretBox.Open(Key, box, "there"u8));
    }

    [Fact]
    public void Any_flipped_bit_is_refused()
    {
        var box = SecretBox.Seal(Key, "text"u8, "here"u8);
        for (var bit = 0; bit < box.Length * 8; bit++)
        {
            var damaged = box.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => SecretBox.Open(Key, damaged, "here"u8));
        }
    }

    [Fact]
    public void Any_shortened_box_is_refused()
    {
        var box = SecretBox.Seal(Key, "text"u8, "here"u8);
        for (var length = 0; length < box.Length; length++)
        {
            Assert.ThrowsAny<CryptographicException>(() => SecretBox.Open(Key, box.AsSpan(0, length), "here"u8));
        }
    }
}
