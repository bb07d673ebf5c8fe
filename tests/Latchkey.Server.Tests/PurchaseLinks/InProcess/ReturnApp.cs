using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.AspNetCore;
using Latchkey.AspNetCore.PurchaseLinks;
using Latchkey.Server.Tests.Running;
using Latchkey.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Latchkey.Server.Tests.PurchaseLinks.InProcess;

/// <summary>What the app gives with its links.</summary>
internal sealed record Star(string Name, int Magnitude);

/// <summary>One call of the return's handler.</summary>
internal sealed record Call(PurchaseResult Result, string? User, string Path, string Query, bool FromBuyer);

/// <summary>Somebody's app with Latchkey inside, which sells one thing to one user. Its handler does what a test wants.</summary>
internal sealed class ReturnApp : IAsyncDisposable
{
    public const string Buy = "/buy";
    public const string Return = "/bought";
    public const string Other = "/other";
    private const string AdminToken = "an-admin-token-of-forty-characters-12345";

    /// <summary>Longer than any test.</summary>
    public static readonly TimeSpan Never = TimeSpan.FromMinutes(10);

    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly string _directory;
    private readonly ConcurrentQueue<Call> _calls;
    private string _pingPath = string.Empty;
    private string _apiToken = string.Empty;

    private ReturnApp(WebApplication app, string directory, ConcurrentQueue<Call> calls, ShiftingTime time)
    {
        (_app, _directory, _calls, Time) = (app, directory, calls, time);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, disposeHandler: true) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public const string Tenant = "stars";

    public IReadOnlyList<Call> Calls => [.. _calls];

    public ShiftingTime Time { get; }

    /// <summary>Without a slash at the end.</summary>
    public string Address => _app.Urls.First();

    /// <summary>Asked at each call once it is noted.</summary>
    public Func<Call, HttpContext, Task<IResult>> Handler { get; set; } = (call, _) => Task.FromResult(Results.Text("Done for " + call.Result.Subject));

    /// <summary>What the app sells.</summary>
    public PurchaseLinkOrder Order { get; set; } = new() { GumroadProduct = Sale.Product.Permalink, Subject = "user:mara", Return = Return + "?from=app" };

    public static async Task<ReturnApp> StartAsync(TimeSpan waitForReturn, Action<PurchaseLinkOptions>? configure = null)
    {
        var directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;
        var calls = new ConcurrentQueue<Call>();
        var time = new ShiftingTime();
        ReturnApp? self = null;
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
        builder.Services.AddLatchkey(o => (o.DataDirectory, o.AdminToken) = (directory, AdminToken)).UseSqlite().AddPurchaseLinks(o =>
        {
            o.WaitForReturn = waitForReturn;
            configure?.Invoke(o);
        });
        var app = builder.Build();
        app.UseExceptionHandler(errors => errors.Run(http =>
        {
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        }));
        app.MapLatchkey();
        app.MapPost(Buy, async (HttpContext http) => await http.PurchaseAsync(new Star("Mizar", 2), self!.Order));
        app.MapPurchaseReturn(Return, (PurchaseResult result, HttpContext http) => self!.ReturnedAsync(result, http));
        app.MapGroup("/shop").MapPurchaseReturn(Other, (PurchaseResult result, HttpContext http) => self!.ReturnedAsync(result, http));
        await app.StartAsync();
        self = new ReturnApp(app, directory, calls, time);
        await self.OpenShopAsync();
        return self;
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Puts the clock forward, and wakes whoever waits for a moment.</summary>
    public void Advance(TimeSpan by)
    {
        Time.Advance(by);
        Service<FoldSignal>().Poke();
        Service<OutboxSignal>().Poke();
    }

    /// <summary>The app's user wants to buy.</summary>
    public async Task<Bought> BuyAsync()
    {
        var (status, _, headers) = await SendAsync(HttpMethod.Post, Buy);
        Assert.Equal(303, status);
        var wait = headers.Location!;
        Assert.StartsWith($"{_http.BaseAddress}wait/{Tenant}/", wait.ToString(), StringComparison.Ordinal);
        return new Bought(this, wait.AbsolutePath);
    }

    /// <summary>Another app of the seller's makes a link through the API.</summary>
    public async Task<Bought> BuyElsewhereAsync(string returnUrl)
    {
        var order = $$"""{"gumroad_product":"{{Sale.Product.Permalink}}","return_url":"{{returnUrl}}"}""";
        var made = JsonNode.Parse((await SendAsync(HttpMethod.Post, $"/v1/tenants/{Tenant}/purchase-links", Json(order), _apiToken)).Text)!;
        return new Bought(this, new Uri((string)made["wait_url"]!).AbsolutePath) { Id = (string)made["id"]! };
    }

    /// <summary>The buyer pays at Gumroad, whose ping arrives. The overrides are what is unlike the usual sale.</summary>
    public async Task PayAsync(Bought bought, params string[] overrides)
    {
        bought.Ping = await PingOfAsync(bought, overrides);
        await PingAsync(bought);
        await Eventually.HoldsAsync(async () => (string?)(await LinkAsync(bought))["state"] is "redeemed" or "held", "the sale was not found");
    }

    public async Task<byte[]> PingOfAsync(Bought bought, params string[] overrides)
    {
        var (status, _, headers) = await SendAsync(HttpMethod.Get, bought.WaitPath.Replace("/wait/", "/go/", StringComparison.Ordinal));
        Assert.Equal(302, status);
        bought.Sale = Sale.New([$"url_params[latchkey]={QueryHelpers.ParseQuery(headers.Location!.Query)["latchkey"]}", .. overrides]);
        return bought.Sale.Form();
    }

    public Task PingAsync(Bought bought) => PingAsync(bought.Ping);

    public async Task PingAsync(byte[] ping)
    {
        using var body = new ByteArrayContent(ping);
        body.Headers.ContentType = new MediaTypeHeaderValue(Shop.FormType);
        Assert.Equal(200, (await SendAsync(HttpMethod.Post, _pingPath, body)).Status);
    }

    /// <summary>The buyer's page goes back to the app.</summary>
    /// <returns>Path and query, with the signed result.</returns>
    public async Task<string> WayBackAsync(Bought bought)
    {
        var (status, _, headers) = await SendAsync(HttpMethod.Get, bought.WaitPath + "/back");
        Assert.Equal(303, status);
        Assert.Equal(_http.BaseAddress!.Authority, headers.Location!.Authority);
        return headers.Location!.PathAndQuery;
    }

    public async Task<Reply> ReturnAsync(Bought bought) => await GetAsync(await WayBackAsync(bought));

    public async Task<Reply> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Buyer", "yes");
        using var response = await _http.SendAsync(request);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, response.Headers);
    }

    public async Task<int> BuyRefusedAsync() => (await SendAsync(HttpMethod.Post, Buy)).Status;

    public async Task<JsonNode> LinkAsync(Bought bought) =>
        JsonNode.Parse((await SendAsync(HttpMethod.Get, $"/v1/tenants/{Tenant}/purchase-links/{await IdOfAsync(bought)}", bearer: _apiToken)).Text)!;

    public async Task<string> IdOfAsync(Bought bought) =>
        bought.Id ??= (string)QueryHelpers.ParseQuery((await WayBackAsync(bought)).Split('?')[1])["latchkey_link"]!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<IResult> ReturnedAsync(PurchaseResult result, HttpContext http)
    {
        var call = new Call(
            result, http.User.Identity?.Name, http.Request.Path, http.Request.QueryString.Value ?? "", http.Request.Headers.ContainsKey("X-Buyer"));
        _calls.Enqueue(call);
        return await Handler(call, http);
    }

    private async Task OpenShopAsync()
    {
        var made = JsonNode.Parse((await SendAsync(HttpMethod.Post, "/v1/tenants", Json($$"""{"id":"{{Tenant}}","name":"Stars"}"""), AdminToken)).Text)!;
        _pingPath = new Uri((string)made["ping_url"]!).PathAndQuery;
        _apiToken = (string)made["api_token"]!;
        await PutAsync("products/star", """{"name":"Star","key_prefix":"STAR"}""");
        await PutAsync("products/star/key-types/one", """{"name":"One","tier":"owner","rank":1,"entitlements":["name"]}""");
        await PutAsync("rules", $$"""{"rules":[{"gumroad_product":"{{Sale.Product.ProductId}}","product":"star","key_type":"one"}]}""");
    }

    private async Task PutAsync(string path, string json) =>
        Assert.Equal(200, (await SendAsync(HttpMethod.Put, $"/v1/tenants/{Tenant}/{path}", Json(json), _apiToken)).Status);

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private async Task<(int Status, string Text, HttpResponseHeaders Headers)> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? bearer = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers);
    }
}

/// <summary>A link that its user was sent to.</summary>
internal sealed class Bought(ReturnApp app, string waitPath)
{
    public string WaitPath => waitPath;

    public string? Id { get; set; }

    public Sale? Sale { get; set; }

    public byte[] Ping { get; set; } = [];

    public Task RefundAsync() => app.PingAsync(Sale!.Form("refund", "refunded"));
}
