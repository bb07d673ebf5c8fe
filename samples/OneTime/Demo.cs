using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Latchkey.Gumroad.Api;
using Latchkey.Gumroad.Events;
using Latchkey.Simulator;

namespace OneTime;

/// <summary>The app with a simulated Gumroad beside it, set up as a seller does it. The data is thrown away at the end.</summary>
internal sealed class Demo : IAsyncDisposable
{
    private readonly string _directory;

    private Demo(WebApplication app, GumroadSimulator gumroad, string directory) => (App, Gumroad, _directory) = (app, gumroad, directory);

    public WebApplication App { get; }

    public GumroadSimulator Gumroad { get; }

    public static SimulatedProduct Star => new()
    {
        Permalink = "star",
        Name = "A star of your own",
        PriceUsdCents = 500,
        Description = "You have chosen it and its name in the app; pay here, and it is entered into the register.",
        IsLicensed = false,
    };

    /// <param name="options">How Gumroad is simulated; it has to sell <see cref="Star"/>, and to send pings to this machine.</param>
    /// <param name="args">Settings of the app as <c>--Key value</c>.</param>
    public static async Task<Demo> OpenAsync(SimulatorOptions options, string[] args)
    {
        var directory = Directory.CreateTempSubdirectory("latchkey-stars-").FullName;
        var adminToken = RandomNumberGenerator.GetHexString(64);
        var gumroad = await GumroadSimulator.StartAsync(options);
        WebApplication? app = null;
        try
        {
            app = StarSite.Build(
            [
                "--urls", "http://127.0.0.1:5084",
                "--Latchkey:DataDirectory", directory,
                "--Latchkey:AdminToken", adminToken,
                // Nothing of a real installation's settings may reach into the demo.
                "--Latchkey:PublicUrl", string.Empty,
                "--Latchkey:MasterKey", string.Empty,
                "--Latchkey:Gumroad:ShopUrl", gumroad.Address.ToString(),
                "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning",
                "--Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host", "None", // what stops a start is told in one line
                .. args,
            ]);
            await app.StartAsync();
            await SubscribeAsync(gumroad, await OpenShopAsync(app.Urls.First(), adminToken));
            return new Demo(app, gumroad, directory);
        }
        catch
        {
            await CloseAsync(app, gumroad, directory);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync(App, Gumroad, _directory);

    private static async Task CloseAsync(WebApplication? app, GumroadSimulator gumroad, string directory)
    {
        await gumroad.DisposeAsync();
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        Directory.Delete(directory, recursive: true);
    }

    /// <summary>To everything: a ping address in Gumroad's settings is told of sales only, and not of refunds.</summary>
    private static async Task SubscribeAsync(GumroadSimulator gumroad, Uri pings)
    {
        using var client = new GumroadClient(new GumroadClientOptions { AccessToken = gumroad.CreateAccessToken(), ApiUrl = new Uri(gumroad.Address, "v2/") });
        foreach (var resource in Enum.GetValues<GumroadResource>())
        {
            await client.ResourceSubscriptions.CreateAsync(resource, pings);
        }
    }

    /// <returns>Where Gumroad is to send its pings.</returns>
    private static async Task<Uri> OpenShopAsync(string app, string adminToken)
    {
        using var seller = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(app) };
        seller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", adminToken);
        using var reply = await seller.PostAsJsonAsync("/v1/tenants", new JsonObject { ["id"] = "stars", ["name"] = "Stars" });
        reply.EnsureSuccessStatusCode();
        return new Uri((await reply.Content.ReadFromJsonAsync<JsonNode>())!["ping_url"]!.ToString());
    }
}
