using Latchkey.Contracts.Keys;

namespace Latchkey.Contracts.Tests.Keys;

public sealed class ForeignKeyTests
{
    [Theory]
    [InlineData("A1B2C3D4-E5F60718-293A4B5C-6D7E8F90", true)]
    [InlineData(" a1b2c3d4-e5f60718-293a4b5c-6d7e8f90 ", true)]
    [InlineData("A1B2C3D4-E5F60718-293A4B5C-6D7E8F9", false)]
    [InlineData("A1B2C3D4E-5F60718-293A4B5C-6D7E8F90", false)]
    [InlineData("G1B2C3D4-E5F60718-293A4B5C-6D7E8F90", false)]
    [InlineData("A1B2C3D4-E5F60718-293A4B5C-6D7E8F90-", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Format_of_Gumroad_is_four_groups_of_eight_hex_digits(string? key, bool expected) =>
        Assert.Equal(expected, ForeignKey.IsGumroadFormat(key));

    [Fact]
    public void Spelling_is_trimmed_and_raised_before_it_is_hashed()
    {
        Assert.Equal("AB-12", ForeignKey.Normalize(" ab-12\n"));
        Assert.Equal("kBfDpOFa8FuZXna0qScQff5Q6uXjlfAws0Kh-mPYozA", ForeignKey.Hash("A1B2C3D4-E5F60718-293A4B5C-6D7E8F90"));
    }

    [Fact]
    public void Canonical_key_hashes_alike_by_either_way()
    {
        var key = LicenseKey.FromBits("ACME", new byte[15]);
        Assert.Equal(key.Hash(), ForeignKey.Hash(key.Canonical));
    }

    [Theory]
    [InlineData("A1B2C3D4-E5F60718-293A4B5C-6D7E8F90", "********-********-********-***E8F90")]
    [InlineData("SHORT-KEY-1", "*****-***-*")]
    public void Mask_shows_the_last_five_of_long_keys_only(string key, string expected) =>
        Assert.Equal(expected, ForeignKey.Masked(key));
}
