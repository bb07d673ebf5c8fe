using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Subjects;

public sealed class ClaimTests(SharedServer shared)
{
    [Fact]
    public async Task A_claimed_address_and_its_user_answer_alike_also_for_what_is_bought_later()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        var email = "email:" + sold.Sale.Email;
        var claimed = (await ClaimAsync(shop, "user:42", sold.Sale.Email)).Must(200);
        Assert.Equal((email, "pro", null), ((string?)claimed["claims"]!.AsArray().Single(), (string?)claimed["products"]![0]!["tier"], (string?)claimed["claimed_by"]));
        await AlikeAsync(shop, email, "user:42");

        await shop.RefundAsync(sold);
        await shop.SellAsync(Sale.New($"email={sold.Sale.Email}"));
        await AlikeAsync(shop, email, "user:42");
        Assert.Equal(("active", email), ((string?)(await EntitlementTests.RightsAsync(shop, "user:42"))["products"]![0]!["state"], (string?)(await EntitlementTests.RightsAsync(shop, email))["claims"]![0]));
        Assert.Equal(("subject.claim", "user:42"), await LastAuditAsync(shop));
    }

    [Fact]
    public async Task A_claim_moves_is_written_down_and_no_version_ever_falls()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        await shop.DisputeAsync(sold);
        await shop.RefundAsync(sold);
        var email = "email:" + sold.Sale.Email;
        var version = (long)(await EntitlementTests.RightsAsync(shop, email))["version"]!;
        foreach (var user in new[] { "user:1", "user:2" })
        {
            (await ClaimAsync(shop, user, sold.Sale.Email)).Must(200);
            var now = (long)(await EntitlementTests.RightsAsync(shop, email))["version"]!;
            Assert.True(now > version);
            version = now;
        }

        Assert.Equal(("subject.claim_moved", "user:1 > user:2"), await LastAuditAsync(shop));
        var left = await EntitlementTests.RightsAsync(shop, "user:1");
        Assert.Empty(left["products"]!.AsArray());
        Assert.Empty(left["claims"]!.AsArray());
        (await ClaimAsync(shop, "user:2", sold.Sale.Email)).Must(200);
        Assert.Equal(version, (long)(await EntitlementTests.RightsAsync(shop, email))["version"]!);
        Assert.Equal(2, (await shop.SellerGetAsync("/audit")).Data.Count(a => ((string)a!["action"]!).StartsWith("subject.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("email:mara@example.org", "mara@example.org", "subject")]
    [InlineData("42", "mara@example.org", "subject")]
    [InlineData("user:42", "mara", "email")]
    [InlineData("user:42", "Mara <mara@example.org>", "email")]
    [InlineData("user:42", null, "email")]
    public async Task A_wrong_claim_is_named(string subject, string? email, string field) =>
        (await ClaimAsync(await Shop.OpenEmptyAsync(shared.Server), subject, email)).MustFault(field);

    private static Task<Reply> ClaimAsync(Shop shop, string subject, string? email) =>
        shop.SellerAsync(HttpMethod.Post, $"/entitlements/{subject}/claim", new JsonObject { ["email"] = email });

    private static async Task AlikeAsync(Shop shop, string one, string other)
    {
        var (a, b) = (await EntitlementTests.RightsAsync(shop, one), await EntitlementTests.RightsAsync(shop, other));
        foreach (var field in new[] { "version", "products", "claims" })
        {
            Assert.Equal(b[field]!.ToJsonString(), a[field]!.ToJsonString());
        }

        Assert.Equal(other, (string?)a["claimed_by"]);
    }

    private static async Task<(string?, string?)> LastAuditAsync(Shop shop)
    {
        var entry = (await shop.SellerGetAsync("/audit")).Data.First(a => ((string)a!["action"]!).StartsWith("subject.", StringComparison.Ordinal))!;
        return ((string?)entry["action"], (string?)entry["target"]);
    }
}
