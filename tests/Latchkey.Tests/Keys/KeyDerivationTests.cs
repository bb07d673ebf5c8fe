using Latchkey.Keys;

namespace Latchkey.Tests.Keys;

public class KeyDerivationTests
{
    private static readonly KeyDerivation Derivation = new(Acme.VectorSecret);

    [Theory]
    [InlineData(0, 0, "ACME-FKR28-E1BQN-24GQA-WXRYF-8N75A")]
    [InlineData(0, 1, "ACME-TG96R-0GTQ9-5S3PN-NKE89-Y8RVP")]
    [InlineData(4, 0, "ACME-QSGSV-K61YM-M5T7M-DH5RA-50M72")]
    public void Keys_are_those_of_the_published_vectors(int index, int generation, string key) =>
        Assert.Equal(key, Derivation.Key("ACME", Ping.SaleId, "studio", index, generation).Display);

    [Fact]
    public void Ids_are_those_of_the_published_vectors()
    {
        Assert.Equal("pur_3gg7dwbg51evn834s97mtj2vkb", Derivation.PurchaseId(Ping.SaleId));
        Assert.Equal("lic_d88ea5c34dqnc0306cer51h29t", Derivation.LicenseId(Ping.SaleId, "studio", 0));
    }

    [Fact]
    public void Another_secret_name_product_or_index_gives_another_key_and_id()
    {
        var other = new KeyDerivation([.. Acme.VectorSecret.Reverse()]);
        string[] keys =
        [
            Derivation.Key("ACME", "a", "studio", 0, 0).Canonical,
            Derivation.Key("ACME", "b", "studio", 0, 0).Canonical,
            Derivation.Key("ACME", "a", "editor", 0, 0).Canonical,
            Derivation.Key("ACME", "a", "studio", 1, 0).Canonical,
            Derivation.Key("ACME", "a", "studio", 0, 1).Canonical,
            other.Key("ACME", "a", "studio", 0, 0).Canonical,
            Derivation.LicenseId("a", "studio", 0),
            Derivation.LicenseId("b", "studio", 0),
            Derivation.LicenseId("a", "editor", 0),
            Derivation.LicenseId("a", "studio", 1),
            other.LicenseId("a", "studio", 0),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }
}
