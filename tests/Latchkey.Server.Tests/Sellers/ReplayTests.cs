using System.Text.Json.Nodes;
using Latchkey.Purchases;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

public sealed class ReplayTests(SharedServer shared)
{
    [Fact]
    public async Task A_replay_tells_what_it_came_to_and_is_in_the_audit_log()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        await shop.RefundAsync(sold);
        await shop.SellAsync();

        var reply = await ReplayAsync(shop, shop.ApiToken);
        Assert.Equal("application/x-ndjson", reply.ContentType);
        var report = ReportOf(reply);
        Assert.Equal((2, 5, 0), ((long)report["purchases"]!, (long)report["entries"]!, (long)report["waiting"]!));
        Assert.Equal((0, 0, false), ((long)report["differing"]!, (long)report["remaining"]!, (bool)report["swapped"]!));
        Assert.True((long)report["entries_per_second"]! > 0);

        await ReplayAsync(shop, shared.Server.AdminToken, swap: true);
        Assert.Equal(["replay.swap", "replay"], (await shop.SellerGetAsync("/audit")).Data.Select(a => (string)a!["action"]!).Where(a => a.StartsWith("replay", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_differs_is_named_and_put_right_only_when_asked_to()
    {
        var shop = await shared.OpenShopAsync();
        await shop.SellAsync();
        await DamageAsync(shop);
        foreach (var swap in new[] { false, true })
        {
            var report = ReportOf(await ReplayAsync(shop, shop.ApiToken, swap));
            Assert.Equal((1, swap ? 0 : 1), ((long)report["differing"]!, (long)report["remaining"]!));
            Assert.Equal(["purchase.state"], report["differences"]![0]!["what"]!.AsArray().Select(w => (string)w!));
        }

        Assert.Equal(0, (long)ReportOf(await ReplayAsync(shop, shop.ApiToken))["differing"]!);
    }

    [Fact]
    public async Task It_needs_the_scope_write_and_a_body()
    {
        var shop = await shared.OpenShopAsync();
        (await ReplayAsync(shop, await shop.AddTokenAsync("read", "licenses"))).MustRefuse(403, "missing_scope");
        (await ReplayAsync(shop, "nobody")).MustRefuse(401, "unauthorized");
        (await shop.SellerAsync(HttpMethod.Post, "/replay")).MustRefuse(415, "invalid_request");
    }

    [Fact]
    public async Task One_runs_at_a_time_for_each_tenant_and_a_caller_who_hangs_up_ends_his()
    {
        GatedStore gated = null!;
        await using var server = await RunningServer.StartAsync(new ServerSetup
        {
            Adapt = builder => builder.Services.Wrap<IPurchaseStore>(store => gated = new GatedStore(store)),
        });
        var (shop, other) = (await Shop.OpenEmptyAsync(server), await Shop.OpenEmptyAsync(server));
        using var http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = server.Address };
        using var hangUp = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, shop.Path + "/replay") { Content = System.Net.Http.Json.JsonContent.Create(new { swap = false }) };
        request.Headers.Authorization = new("Bearer", shop.ApiToken);
        var first = http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, hangUp.Token);
        await gated.Begun.WaitAsync();

        (await ReplayAsync(shop, shop.ApiToken)).MustRefuse(409, "replay_running");
        var elsewhere = ReplayAsync(other, other.ApiToken);
        await gated.Begun.WaitAsync();
        gated.Finish(other.Id);
        Assert.Equal(7, (long)ReportOf(await elsewhere)["purchases"]!);

        using (var response = await first)
        using (var lines = new StreamReader(await response.Content.ReadAsStreamAsync()))
        {
            Assert.Equal("""{"purchases":3,"entries":5}""", await lines.ReadLineAsync());
        }

        await hangUp.CancelAsync();
        await Eventually.HoldsAsync(
            async () =>
            {
                var again = ReplayAsync(shop, shop.ApiToken);
                gated.Finish(shop.Id);
                return (await again).Status == 200;
            },
            "the first replay did not end");
    }

    private static Task<Reply> ReplayAsync(Shop shop, string token, bool swap = false) =>
        shop.Server.SendAsync(HttpMethod.Post, shop.Path + "/replay", new JsonObject { ["swap"] = swap }, token);

    private static JsonNode ReportOf(Reply reply)
    {
        Assert.True(reply.Status == 200, reply.Text);
        return JsonNode.Parse(reply.Text.TrimEnd().Split('\n')[^1])!["report"]!;
    }

    internal static Task DamageAsync(Shop shop) => shop.Server.ExecuteAsync("update purchases set state = 'ended' where tenant = $1", shop.Id);

    /// <summary>A replay that goes on until it is let go.</summary>
    private sealed class GatedStore(IPurchaseStore store) : IPurchaseStore
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

        public SemaphoreSlim Begun { get; } = new(0);

        public void Finish(string tenant) => GateOf(tenant).TrySetResult();

        public async Task<ReplayReport> ReplayAsync(IFolder folder, string tenant, bool swap, IProgress<ReplayProgress> progress, CancellationToken ct)
        {
            progress.Report(new(3, 5));
            Begun.Release();
            await GateOf(tenant).Task.WaitAsync(ct);
            return new(7, 9, 0, 0, 0, [], swap);
        }

        public Task<IAsyncDisposable?> TryBeginReplayAsync(string tenant, CancellationToken ct) => store.TryBeginReplayAsync(tenant, ct);

        public Task<int> FoldDueAsync(IFolder folder, int limit, CancellationToken ct) => Task.FromResult(0);

        public Task<DateTimeOffset?> NextDueAsync(CancellationToken ct) => Task.FromResult<DateTimeOffset?>(null);

        public Task<Purchase?> FindAsync(string tenant, string purchase, CancellationToken ct) => Task.FromResult<Purchase?>(null);

        public Task<IReadOnlyList<Purchase>> ListAsync(string tenant, string? after, int limit, CancellationToken ct) => Task.FromResult<IReadOnlyList<Purchase>>([]);

        public Task<IReadOnlyList<Purchase>> ListUnmappedAsync(string tenant, string? after, int limit, CancellationToken ct) => Task.FromResult<IReadOnlyList<Purchase>>([]);

        public Task<IReadOnlyList<Purchase>> ListLinkableAsync(string tenant, string linkEmail, CancellationToken ct) => Task.FromResult<IReadOnlyList<Purchase>>([]);

        private TaskCompletionSource GateOf(string tenant) => _gates.GetOrAdd(tenant, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
