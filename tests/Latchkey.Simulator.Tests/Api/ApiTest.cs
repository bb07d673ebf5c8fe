using Latchkey.Gumroad.Api;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>Shops whose clock stands still, and the real client that calls their API.</summary>
public abstract class ApiTest : IAsyncLifetime
{
    private readonly List<ApiShop> _shops = [];
    private readonly List<GumroadClient> _clients = [];

    internal static DateTimeOffset Start { get; } = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    internal static BuyOrder Inkwell { get; } = new() { Permalink = "inkwell", Email = "mara.ito@example.org" };

    internal static BuyOrder Club { get; } = new() { Permalink = "inkclub", Email = "mara.ito@example.org" };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        foreach (var shop in _shops)
        {
            await shop.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    internal static SimulatorOptions Options(GumroadVersion version = GumroadVersion.Newest) =>
        new() { Speed = 0, StartAt = Start, Seed = 3, Version = version, AccessToken = ApiShop.Token, AllowPrivateAddresses = true };

    internal Task<ApiShop> OpenAsync(GumroadVersion version = GumroadVersion.Newest) => OpenAsync(Options(version));

    internal async Task<ApiShop> OpenAsync(SimulatorOptions options)
    {
        var shop = await ApiShop.OpenAsync(options);
        _shops.Add(shop);
        return shop;
    }

    /// <summary>The client, with the token for everything unless another one is given.</summary>
    internal GumroadClient ClientOf(ApiShop shop, string? token = ApiShop.Token)
    {
        var client = new GumroadClient(new GumroadClientOptions { AccessToken = token, ApiUrl = new Uri(shop.Simulator.Address, "v2/"), MaxRetries = 0 });
        _clients.Add(client);
        return client;
    }

    internal static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }

    internal static string ProductId(ApiShop shop, string permalink) => shop.Simulator.Products.Single(product => product.Permalink == permalink).ProductId;
}
