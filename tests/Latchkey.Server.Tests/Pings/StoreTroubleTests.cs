using System.Diagnostics;
using Latchkey.Server.Tests.Running;
using Latchkey.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.Server.Tests.Pings;

/// <summary>A store that hangs: nobody is told 200, and everybody is told in time.</summary>
[Trait("Store", "sqlite")]
public sealed class StoreTroubleTests : IAsyncDisposable
{
    private static readonly TimeSpan GumroadsPatience = TimeSpan.FromSeconds(4);
    private readonly Gate _gate = new();
    private RunningServer? _server;

    [Fact]
    public async Task A_blocked_store_is_a_503_in_time_and_the_repeat_is_taken_once()
    {
        var shop = await OpenAsync(new SqliteStoreOptions(string.Empty));
        var bearer = await shop.AddTokenAsync("pings:keys");
        var sale = Sale.New();
        _gate.Shut();
        var started = Stopwatch.GetTimestamp();
        var replies = await Task.WhenAll(
            shop.PingAsync(sale.Form()), shop.PingAsync(Sale.New().Form()), shop.PingAsync(Sale.New().Form(), bearer: bearer));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, GumroadsPatience);
        Assert.All(replies, r => Assert.Equal(503, r.Status));
        Assert.All(replies, r => Assert.True(r.Headers.RetryAfter!.Delta > TimeSpan.Zero));
        Assert.All(replies, r => Assert.Empty(r.Text));

        _gate.Open();
        var again = await shop.SellAsync(sale);
        Assert.Single((await shop.SellerGetAsync($"/licenses?email={Uri.EscapeDataString(sale.Email)}")).Data);
        Assert.Equal("ok", (await shop.ValidateAsync(again.Key)).Code);
    }

    [Fact]
    public async Task A_store_that_fails_is_a_503_for_pings_apps_and_sellers_and_all_are_taken_later()
    {
        var shop = await OpenAsync(new SqliteStoreOptions(string.Empty));
        var sold = await shop.SellAsync();
        _gate.Fault = new SqliteException("disk full", 13);
        var ping = await shop.PingAsync(Sale.New().Form());
        Assert.Equal((503, ""), (ping.Status, ping.Text));
        var refusal = await shop.ActivateAsync(sold.Key, "laptop");
        refusal.MustRefuse(503, "temporarily_unavailable");
        Assert.True(refusal.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        var product = new System.Text.Json.Nodes.JsonObject { ["name"] = "Acme Synth" };
        (await shop.SellerAsync(HttpMethod.Put, "/products/synth", product)).MustRefuse(503, "temporarily_unavailable");
        (await shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/suspend")).MustRefuse(503, "temporarily_unavailable");

        _gate.Fault = null;
        await shop.SellAsync();
        (await shop.ActivateAsync(sold.Key, "laptop")).Must(201);
    }

    [Fact]
    public async Task More_than_can_wait_is_refused_at_once()
    {
        var shop = await OpenAsync(new SqliteStoreOptions(string.Empty) { MaxWaitingReceives = 4 });
        _gate.Shut();
        var waiting = Enumerable.Range(0, 40).Select(_ => shop.PingAsync(Sale.New().Form())).ToList();

        // At most one round in the commit and four behind it: the others hear at once, long before the store's own time is up.
        var started = Stopwatch.GetTimestamp();
        var refused = 0;
        while (refused < 40 - 9)
        {
            var done = await Task.WhenAny(waiting);
            waiting.Remove(done);
            Assert.Equal(503, (await done).Status);
            refused++;
        }

        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        _gate.Open();
        Assert.Contains(await Task.WhenAll(waiting), r => r.Status == 200);
    }

    [Fact]
    public async Task A_slow_store_and_a_slow_fold_together_still_answer_a_forwarder_in_time()
    {
        var shop = await OpenAsync(new SqliteStoreOptions(string.Empty), "--Latchkey:Measure:PauseFolding", "true");
        var bearer = await shop.AddTokenAsync("pings:keys");
        _gate.Shut();
        var started = Stopwatch.GetTimestamp();
        var ping = shop.PingAsync(Sale.New().Form(), bearer: bearer);
        await Eventually.HoldsAsync(() => Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(2), "time did not pass");
        _gate.Open();
        Assert.Empty((await ping).Must(200)["licenses"]!.AsArray());
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, GumroadsPatience);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _gate.Dispose();
    }

    private async Task<Shop> OpenAsync(SqliteStoreOptions options, params string[] settings)
    {
        _server = await RunningServer.StartAsync(new ServerSetup
        {
            Settings = settings,
            Adapt = builder => builder.Services.Replace(ServiceDescriptor.Singleton(services => SqliteDatabase.Open(
                options with { Path = Path.Combine(builder.Configuration["Latchkey:DataDirectory"]!, "latchkey.db"), BeforeCommit = _gate.Pass },
                services.GetRequiredService<TimeProvider>()))),
        });
        return await Shop.OpenAsync(_server);
    }
}
