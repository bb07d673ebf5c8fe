using System.Text.Json.Nodes;
using Latchkey.Contracts.Keys;
using Latchkey.Contracts.Leases;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Leases;

public sealed class LeaseOverHttpTests(SharedServer shared)
{
    [Fact]
    public async Task A_lease_verifies_against_the_keyset_that_the_root_signed()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var reply = (await shop.ActivateAsync(sold.Key, "laptop")).Must(201);
        var keyset = await PublicKeys.KeysetAsync(shop);
        Assert.Equal(shop.Issuer, keyset.Iss);

        var claims = Assert.IsType<LeaseReading.Ok>(LeaseToken.Read((string)reply["lease"]!, keyset)).Claims;
        Assert.Equal((shop.Issuer, Shop.Product, sold.License), (claims.Iss, claims.Aud, claims.Sub));
        Assert.Equal((string?)reply["activation"]!["id"], claims.Act);
        Assert.Equal(((KeyReading.Ok)LicenseKey.Read(sold.Key, [Shop.Prefix])).Key.Hash(), claims.Key);
        Assert.Equal((string?)Ask.Device("laptop")["hash"], claims.Dev);
        Assert.Equal((LeaseStates.Active, "pro", 20, false), (claims.St, claims.Tier, claims.Rank, claims.Test));
        Assert.Equal(["export", "sync"], claims.Ent);
        Assert.Equal((7 * 86400, 14 * 86400), (claims.Exp - claims.Iat, claims.Grc - claims.Iat));
        Assert.InRange(claims.Rfr - claims.Iat, 6 * 3600 * 0.9, 6 * 3600 * 1.1);
    }

    [Fact]
    public async Task The_header_is_exactly_the_three_names()
    {
        var shop = await shared.OpenShopAsync();
        var reply = (await shop.ActivateAsync((await shop.SellAsync()).Key, "laptop")).Must(201);
        var header = LeaseReader.Header((string)reply["lease"]!).AsObject();
        Assert.Equal(["alg", "kid", "typ"], header.Select(h => h.Key));
        Assert.Equal(("EdDSA", "lease+jwt"), ((string?)header["alg"], (string?)header["typ"]));
    }

    [Fact]
    public async Task A_keyset_is_believed_only_under_its_own_root()
    {
        var shop = await shared.OpenShopAsync();
        var other = await shared.OpenShopAsync();
        var token = (string)(await shared.Server.GetAsync($"{shop.Path}/keyset")).Must(200)["keyset"]!;
        Assert.Equal(new KeysetReading.Refused(LeaseFault.Signature), KeysetToken.Read(token, await PublicKeys.RootsAsync(other)));
        Assert.Equal(2, (await PublicKeys.RootsAsync(shop)).Count);
    }

    [Fact]
    public async Task Leases_of_another_tenant_are_of_an_unknown_key()
    {
        var shop = await shared.OpenShopAsync();
        var other = await shared.OpenShopAsync();
        var reply = (await shop.ActivateAsync((await shop.SellAsync()).Key, "laptop")).Must(201);
        Assert.Equal(new LeaseReading.Refused(LeaseFault.UnknownKey), LeaseToken.Read((string)reply["lease"]!, await PublicKeys.KeysetAsync(other)));
    }

    [Fact]
    public async Task A_jose_library_that_is_not_ours_verifies_it_against_the_plain_key_set()
    {
        var shop = await shared.OpenShopAsync();
        var reply = (await shop.ActivateAsync((await shop.SellAsync()).Key, "laptop")).Must(201);
        var lease = (string)reply["lease"]!;
        var jwks = new Uri(shared.Server.Address, $"{shop.Path}/.well-known/jwks.json").ToString();

        var verified = JsonNode.Parse(await Node.RunAsync("verify-lease.mjs", jwks, shop.Issuer, Shop.Product, lease))!;
        Assert.Equal(LeaseReader.Claims(lease).ToJsonString(), verified["payload"]?.ToJsonString());

        var forged = lease[..^4] + (lease[^4] == 'A' ? 'B' : 'A') + lease[^3..];
        Assert.Equal("ERR_JWS_SIGNATURE_VERIFICATION_FAILED", Error(await Node.RunAsync("verify-lease.mjs", jwks, shop.Issuer, Shop.Product, forged)));
        Assert.Equal("ERR_JWT_CLAIM_VALIDATION_FAILED", Error(await Node.RunAsync("verify-lease.mjs", jwks, shop.Issuer, "another", lease)));
    }

    [Fact]
    public async Task Public_keys_of_an_unknown_tenant_are_a_404()
    {
        foreach (var path in new[] { "keyset", "keyset/roots", ".well-known/jwks.json" })
        {
            (await shared.Server.GetAsync($"/v1/tenants/nobody/{path}")).MustRefuse(404, "not_found");
        }
    }

    [Fact]
    public async Task The_plain_key_set_has_no_private_parts_and_no_status()
    {
        var shop = await shared.OpenShopAsync();
        var key = Assert.Single((await shared.Server.GetAsync($"{shop.Path}/.well-known/jwks.json")).Must(200)["keys"]!.AsArray())!.AsObject();
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x"], key.Select(k => k.Key).Order(StringComparer.Ordinal));
    }

    private static string? Error(string output) => (string?)JsonNode.Parse(output)!["error"];
}
