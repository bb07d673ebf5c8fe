using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Latchkey.AspNetCore;
using Latchkey.Simulator;
using Latchkey.Sqlite;

namespace TierApp;

/// <summary>A Latchkey server and a simulated Gumroad on this machine, set up over HTTP as a seller does it. The data is thrown away at the end.</summary>
internal sealed class Demo : IAsyncDisposable
{
    private const string Tenant = "/v1/tenants/studio/";

    private readonly WebApplication _server;
    private readonly HttpClient _seller;
    private readonly string _directory;

    private Demo(WebApplication server, GumroadSimulator gumroad, HttpClient seller, string token, string directory)
    {
        (_server, Gumroad, _seller, _directory) = (server, gumroad, seller, directory);
        var buy = $"{gumroad.Address}l/studio?wanted=true&option=";
        Settings = new(
            server.Urls.First(), "studio", token, RandomNumberGenerator.GetHexString(32), "studio", buy + "Pro", buy + "Influencer", $"{gumroad.Address}account");
    }

    public TierSettings Settings { get; }

    public GumroadSimulator Gumroad { get; }

    /// <summary>A membership with two tiers.</summary>
    public static SimulatedProduct Membership => new()
    {
        Permalink = "studio",
        Name = "Studio",
        PriceUsdCents = 900,
        Description = "Pros export what they write. Influencers make share cards of it, too.",
        Recurrence = "monthly",
        Variants = [new("Tier", [new("Pro", 900), new("Influencer", 2900)])],
    };

    /// <param name="options">How Gumroad is simulated; it has to sell <see cref="Membership"/>.</param>
    public static async Task<Demo> OpenAsync(SimulatorOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("latchkey-tiers-").FullName;
        var adminToken = RandomNumberGenerator.GetHexString(64);
        var server = BuildServer(directory, adminToken);
        await server.StartAsync();

        var seller = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(server.Urls.First()) };
        var made = await SendAsync(seller, HttpMethod.Post, "/v1/tenants", """{"id":"studio","name":"Studio"}""", adminToken);
        seller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made["api_token"]!.ToString());
        await SendAsync(seller, HttpMethod.Put, Tenant + "products/studio", """{"name":"Studio","key_prefix":"STUDIO"}""");
        await SendAsync(seller, HttpMethod.Put, Tenant + "products/studio/key-types/pro", """{"name":"Pro","tier":"pro","rank":20,"entitlements":["export"]}""");
        await SendAsync(
            seller, HttpMethod.Put, Tenant + "products/studio/key-types/influencer",
            """{"name":"Influencer","tier":"influencer","rank":30,"entitlements":["export","promote"]}""");
        await SendAsync(seller, HttpMethod.Put, Tenant + "rules", """
            {"rules":[{"gumroad_product":"studio","variant":"Pro","product":"studio","key_type":"pro"},
                      {"gumroad_product":"studio","variant":"Influencer","product":"studio","key_type":"influencer"}]}
            """);
        var token = await SendAsync(seller, HttpMethod.Post, Tenant + "tokens", """{"label":"TierApp","scopes":["read","streams"]}""");

        var gumroad = await GumroadSimulator.StartAsync(options.SubscribeAll(new Uri(made["ping_url"]!.ToString())));
        return new Demo(server, gumroad, seller, token["token"]!.ToString(), directory);
    }

    /// <summary>Says how users are named in a purchase, and which pages may open streams.</summary>
    public Task AllowAsync(IEnumerable<string> origins) => SendAsync(_seller, HttpMethod.Put, Tenant + "integration", new JsonObject
    {
        ["subject"] = new JsonObject { ["from"] = "url_params", ["name"] = "account" },
        ["subject_secret"] = Settings.SubjectSecret,
        ["allowed_origins"] = new JsonArray([.. origins.Select(origin => (JsonNode)origin)]),
    }.ToJsonString());

    public async ValueTask DisposeAsync()
    {
        await Gumroad.DisposeAsync();
        _seller.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>An empty builder reads no settings: nothing of a real installation's may reach into the demo.</summary>
    private static WebApplication BuildServer(string directory, string adminToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.Hosting", LogLevel.None);
        builder.Services.AddRouting();
        builder.Services.AddLatchkey(options => (options.DataDirectory, options.AdminToken) = (directory, adminToken)).UseSqlite();
        var server = builder.Build();
        server.MapLatchkey();
        return server;
    }

    private static async Task<JsonNode> SendAsync(HttpClient http, HttpMethod method, string path, string json, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var reply = await http.SendAsync(request);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
