using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Latchkey.Server.Hosting;
using Latchkey.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>The server, a simulated Gumroad, an app elsewhere, and a browser.</summary>
public sealed class PurchaseShop : IAsyncLifetime
{
    private const string Tenant = "/v1/tenants/prints";

    private readonly string _directory = Directory.CreateTempSubdirectory("latchkey-prints-").FullName;
    private readonly string _adminToken = RandomNumberGenerator.GetHexString(64);
    private readonly MovedClock _clock = new();
    private readonly HttpClient _seller = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }); // the server is restarted
    private WebApplication _server = null!;
    private int _serial;

    internal static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20);

    /// <summary>What the seller has at Gumroad.</summary>
    internal static IReadOnlyList<SimulatedProduct> Products { get; } =
    [
        new() { Permalink = "print", Name = "Print", PriceUsdCents = 900, IsLicensed = false },
        new() { Permalink = "poster", Name = "Poster", PriceUsdCents = 1900, IsLicensed = false },
        new() { Permalink = "sketch", Name = "Sketch", PriceUsdCents = 100, IsPayWhatYouWant = true, IsLicensed = false },
    ];

    internal Chromium Browser { get; private set; } = null!;

    internal GumroadSimulator Gumroad { get; private set; } = null!;

    internal BuyerApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Browser = await Chromium.OpenAsync();
        Gumroad = await GumroadSimulator.StartAsync(new SimulatorOptions { PingSpeed = 100, Products = Products, OfferCodes = [] });
        _server = await StartAsync("http://127.0.0.1:0");
        _seller.BaseAddress = new Uri(_server.Urls.First());
        App = await BuyerApp.StartAsync(SellerAsync, _clock);

        _seller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _adminToken);
        var made = await SendAsync(HttpMethod.Post, "/v1/tenants", new JsonObject { ["id"] = "prints", ["name"] = "Prints" });
        _seller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)made["api_token"]!);
        Gumroad.PingUrl = new Uri((string)made["ping_url"]!);
        await SellerAsync(HttpMethod.Put, "/integration", new JsonObject
        {
            ["gumroad_access_token"] = Gumroad.CreateAccessToken(),
            ["allowed_origins"] = new JsonArray(App.Address),
            ["brand"] = new JsonObject { ["name"] = "Prints & Posters", ["color"] = "#0b6e4f" },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _server.DisposeAsync();
        await Gumroad.DisposeAsync();
        await Browser.DisposeAsync();
        _seller.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>What an app asks for: a link of a strength, for a user and with data that no other link has.</summary>
    internal JsonObject Order(string strength, string product = "print")
    {
        var serial = Interlocked.Increment(ref _serial);
        var order = new JsonObject
        {
            ["strength"] = strength,
            ["subject"] = $"user:{serial}",
            ["data"] = new JsonObject { ["picture"] = $"No. {serial}", ["frame"] = "oak & glass" },
        };
        if (strength == "product")
        {
            (order["name"], order["price_cents"]) = ("A print of your own", 900);
        }
        else
        {
            order["gumroad_product"] = product;
        }

        return order;
    }

    /// <summary>The app sends its user to pay.</summary>
    /// <param name="order">For what; see <see cref="Order"/>.</param>
    /// <param name="tab">His window, if it is to be a special one.</param>
    internal async Task<Buyer> SendAsync(JsonObject order, IPage? tab = null)
    {
        tab ??= await Browser.WindowAsync();
        await tab.GotoAsync(App.Buy(order));
        await Expect(tab).ToHaveTitleAsync(Buyer.Waits, new() { Timeout = (float)Patience.TotalMilliseconds });
        var links = await SellerAsync(HttpMethod.Get, "/purchase-links?state=open&limit=100");
        var link = links["data"]!.AsArray().Single(l => (string?)l!["wait_url"] == tab.Url)!;
        link["data"] = order["data"]!.DeepClone();
        return new Buyer(this, tab, link);
    }

    /// <summary>With the seller's token, below the tenant.</summary>
    internal Task<JsonNode> SellerAsync(HttpMethod method, string path, JsonNode? body = null) => SendAsync(method, Tenant + path, body);

    /// <summary>How the latest sale at Gumroad stands at Latchkey, once it is known there.</summary>
    internal async Task<JsonNode> LatestPurchaseAsync()
    {
        var sale = Gumroad.Sales[^1].SaleId;
        return await UntilAsync(
            () => FindPurchaseAsync(p => p["gumroad"]!["sale_ids"]!.AsArray().Any(id => (string?)id == sale)), "the sale did not arrive");
    }

    internal Task<JsonNode?> FindPurchaseAsync(string id) => FindPurchaseAsync(p => (string?)p["id"] == id);

    /// <summary>At Latchkey, the latest sale at Gumroad is held for this reason.</summary>
    internal async Task LatestIsHeldAsync(string reason)
    {
        var purchase = await LatestPurchaseAsync();
        Assert.Equal(("held", reason), ((string)purchase["state"]!, (string)purchase["reason"]!));
    }

    /// <summary>Time goes by at Latchkey and at Gumroad.</summary>
    internal Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Gumroad.AdvanceAsync(time);
    }

    internal async Task StopServerAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    /// <summary>Where it was before, with what it knew.</summary>
    internal async Task StartServerAgainAsync() => _server = await StartAsync(_seller.BaseAddress!.GetLeftPart(UriPartial.Authority));

    internal static async Task<T> UntilAsync<T>(Func<Task<T?>> look, string inVain)
        where T : class
    {
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            if (await look() is { } there)
            {
                return there;
            }

            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"Waited in vain: {inVain}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private async Task<JsonNode?> FindPurchaseAsync(Func<JsonNode, bool> isIt) =>
        (await SellerAsync(HttpMethod.Get, "/purchases?limit=100"))["data"]!.AsArray().FirstOrDefault(p => isIt(p!));

    private async Task<WebApplication> StartAsync(string address)
    {
        var server = ServerHost.Build(
            [
                "--urls", address,
                "--Latchkey:DataDirectory", _directory,
                "--Latchkey:AdminToken", _adminToken,
                "--Latchkey:PublicUrl", string.Empty,
                "--Latchkey:MasterKey", string.Empty,
                "--ConnectionStrings:Latchkey", string.Empty,
                "--Latchkey:Streams:HeartbeatSeconds", "0.5", // so that a page soon sees time go by
                "--Latchkey:Gumroad:ApiUrl", new Uri(Gumroad.Address, "v2/").ToString(),
                "--Latchkey:Gumroad:ShopUrl", Gumroad.Address.ToString(),
            ],
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock));
            });
        await server.StartAsync();
        return server;
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var reply = await _seller.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.True(reply.IsSuccessStatusCode, $"{method} {path}: {(int)reply.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
