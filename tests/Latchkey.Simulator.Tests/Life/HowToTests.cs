using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Latchkey.Simulator.Tests.Life;

/// <summary>docs/how-to/test-with-the-simulator.md, compiled and run.</summary>
public sealed class HowToTests
{
    [Fact]
    public async Task A_refund_takes_the_key_back()
    {
        var mayUse = new ConcurrentDictionary<string, bool>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapPost("/gumroad", async (HttpRequest request) =>
        {
            var ping = await request.ReadFormAsync();
            mayUse[ping["license_key"].ToString()] = ping["refunded"] != "true";
        });
        await app.StartAsync();

        var options = new SimulatorOptions { Speed = 0, Seed = 1 }.SubscribeAll(new Uri(app.Urls.First() + "/gumroad"));
        await using var gumroad = await GumroadSimulator.StartAsync(options);

        var sale = await gumroad.BuyAsync(new BuyOrder { Permalink = "inkwell", Email = "mara@example.org" });
        await gumroad.WhenQuietAsync();
        Assert.True(mayUse[sale.LicenseKey!]);

        await gumroad.RefundAsync(sale.SaleId);
        await gumroad.WhenQuietAsync();
        Assert.False(mayUse[sale.LicenseKey!]);
    }

    [Fact]
    public async Task And_it_stays_taken_in_any_order()
    {
        var mayUse = new ConcurrentDictionary<string, bool>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapPost("/gumroad", async (HttpRequest request) =>
        {
            var ping = await request.ReadFormAsync();
            var key = ping["license_key"].ToString();
            var isFine = ping["refunded"] != "true";
            mayUse.AddOrUpdate(key, isFine, (_, before) => before && isFine);
        });
        await app.StartAsync();

        var options = new SimulatorOptions { Speed = 0, Seed = 1 }.SubscribeAll(new Uri(app.Urls.First() + "/gumroad"));
        await using var gumroad = await GumroadSimulator.StartAsync(options);
        var sale = await gumroad.BuyAsync(new BuyOrder { Permalink = "inkwell", Email = "mara@example.org" });
        await gumroad.WhenQuietAsync();
        await gumroad.RefundAsync(sale.SaleId);
        await gumroad.WhenQuietAsync();

        await gumroad.RepeatAllAsync(seed: 2);
        Assert.False(mayUse[sale.LicenseKey!]);

        // In this order the receiver above turns red.
        Assert.Equal(["refund", "sale"], gumroad.Attempts.TakeLast(2).Select(attempt => attempt.Resource));

        foreach (var seed in Enumerable.Range(3, 9))
        {
            await gumroad.RepeatAllAsync(seed);
            Assert.False(mayUse[sale.LicenseKey!]);
        }
    }

    [Fact]
    public void The_page_shows_nothing_else() =>
        ShownCode.IsCompiled("docs/how-to/test-with-the-simulator.md", blocks: 3);
}
