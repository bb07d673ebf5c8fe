using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Streams;

public sealed class ScriptTests(SharedServer shared)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_script_is_small_and_asked_after_by_its_tag()
    {
        var reply = await shared.Server.GetAsync("/latchkey.js");
        Assert.Equal(200, reply.Status);
        Assert.Equal("text/javascript", reply.ContentType);
        Assert.InRange(Encoding.UTF8.GetByteCount(reply.Text), 500, 5 * 1024);
        var tag = reply.Headers.ETag!.ToString();
        Assert.DoesNotContain("immutable", reply.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(304, (await shared.Server.SendAsync(HttpMethod.Get, "/latchkey.js", (JsonNode?)null, null, ("If-None-Match", tag))).Status);
    }

    /// <summary>In Node.js: the first token is a wrong one, so it has to ask for another; then it hears of a purchase made meanwhile.</summary>
    [Fact]
    public async Task A_page_hears_of_the_purchase_by_itself()
    {
        var shop = await shared.OpenShopAsync();
        var sale = Sale.New();
        using var node = await Node.StartAsync("live.mjs", shop.Server.Address.ToString(), shop.Id, "email:" + sale.Email, shop.ApiToken);
        try
        {
            Assert.Equal("refused: Latchkey answered 401", await LineAsync(node));
            Assert.Equal("tier: null", await LineAsync(node));
            var sold = await shop.SellAsync(sale);
            Assert.Equal("tier: pro", await LineAsync(node));
            await shop.RefundAsync(sold);
            Assert.Equal("tier: null", await LineAsync(node));
            await node.StandardInput.WriteLineAsync("close");
            await node.StandardInput.FlushAsync();
            Assert.Equal("closed", await LineAsync(node));
        }
        finally
        {
            node.Kill();
        }
    }

    [Fact]
    public async Task A_token_for_another_subject_ends_it()
    {
        var shop = await shared.OpenShopAsync();
        var token = (string)(await shop.SellerAsync(HttpMethod.Post, "/entitlements/user:1/token")).Must(200)["token"]!;
        using var node = await Node.StartAsync("refused.mjs", shop.Server.Address.ToString(), shop.Id, "user:2", token);
        try
        {
            Assert.Equal("refused: Latchkey answered 403", await LineAsync(node));
            Assert.Null(await LineAsync(node));
        }
        finally
        {
            node.Kill();
        }
    }

    private static Task<string?> LineAsync(System.Diagnostics.Process node) => node.StandardOutput.ReadLineAsync().WaitAsync(Patience);
}
