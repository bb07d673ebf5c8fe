using Latchkey.Keys;
using Latchkey.Tenants;

namespace Latchkey.Tests.Tenants;

public class CredentialsTests
{
    private static readonly string Secret = Ids.Token("lk_");
    private static readonly AccessToken Api = new("tok_1", TokenKind.Api, Ids.HashOf(Secret), "backend", [Scopes.Read], Acme.Start, Acme.Start.AddDays(1));
    private static readonly TenantContext Tenant = Acme.Tenant with { Tokens = [Api with { Id = "tok_0", Hash = Ids.HashOf("another") }, Api] };

    [Fact]
    public void A_token_opens_its_tenant() => Assert.Same(Api, Credentials.Match(Tenant, TokenKind.Api, Secret, Acme.Start));

    [Fact]
    public void Nothing_else_opens_it()
    {
        Assert.Null(Credentials.Match(Tenant, TokenKind.Api, Secret + "x", Acme.Start));
        Assert.Null(Credentials.Match(Tenant, TokenKind.Api, "", Acme.Start));
        Assert.Null(Credentials.Match(Tenant, TokenKind.Api, null, Acme.Start));
        Assert.Null(Credentials.Match(Tenant, TokenKind.Api, new string('x', 100_000), Acme.Start));
        Assert.Null(Credentials.Match(Acme.Other, TokenKind.Api, Secret, Acme.Start));
        Assert.Null(Credentials.Match(null, TokenKind.Api, Secret, Acme.Start));
    }

    [Fact]
    public void A_token_of_another_kind_opens_nothing() => Assert.Null(Credentials.Match(Tenant, TokenKind.Ping, Secret, Acme.Start));

    [Fact]
    public void A_token_ends_at_its_exact_moment()
    {
        Assert.NotNull(Credentials.Match(Tenant, TokenKind.Api, Secret, Acme.Start.AddDays(1).AddTicks(-1)));
        Assert.Null(Credentials.Match(Tenant, TokenKind.Api, Secret, Acme.Start.AddDays(1)));
    }

    [Theory]
    [InlineData("ab", true)]
    [InlineData("acme-2", true)]
    [InlineData("a", false)]
    [InlineData("2acme", false)]
    [InlineData("-acme", false)]
    [InlineData("Acme", false)]
    [InlineData("ac_me", false)]
    [InlineData("acme/..", false)]
    [InlineData("a2345678901234567890123456789012345678901", false)]
    [InlineData(null, false)]
    public void A_tenants_id_is_plain(string? id, bool valid) => Assert.Equal(valid, Latchkey.Tenants.Tenant.IsValidId(id));
}
