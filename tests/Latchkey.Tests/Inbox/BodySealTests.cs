using System.Security.Cryptography;
using Latchkey.Inbox;
using Latchkey.Keys;

namespace Latchkey.Tests.Inbox;

public class BodySealTests
{
    [Fact]
    public void A_body_opens_only_in_its_own_entry()
    {
        var box = BodySeal.Seal(Acme.Tenant, "png_1", "body"u8);
        Assert.Equal("body"u8, BodySeal.Open(Acme.Tenant, "png_1", box));
        Assert.ThrowsAny<CryptographicException>(() => BodySeal.Open(Acme.Tenant, "png_2", box));
    }

    [Fact]
    public void A_body_opens_only_for_its_own_tenant()
    {
        var box = BodySeal.Seal(Acme.Tenant, "png_1", "body"u8);
        Assert.ThrowsAny<CryptographicException>(() => BodySeal.Open(Acme.Other, "png_1", box));

        // Even with the same data key: the tenant is bound in as well.
        var sameKey = Acme.Other with { Secrets = Acme.Tenant.Secrets };
        Assert.ThrowsAny<CryptographicException>(() => BodySeal.Open(sameKey, "png_1", box));
    }

    [Fact]
    public void Tenants_taking_turns_on_one_thread_each_get_their_own_key()
    {
        var acme = BodySeal.Seal(Acme.Tenant, "png_1", "a"u8);
        var bolt = BodySeal.Seal(Acme.Other, "png_1", "b"u8);
        Assert.Equal("a"u8, SecretBox.Open(Acme.Tenant.Secrets.Data, acme, "acme|png_1"u8));
        Assert.Equal("b"u8, SecretBox.Open(Acme.Other.Secrets.Data, bolt, "bolt|png_1"u8));
        Assert.Equal("a"u8, BodySeal.Open(Acme.Tenant, "png_1", acme));
        Assert.Equal("b"u8, BodySeal.Open(Acme.Other, "png_1", bolt));
    }
}
