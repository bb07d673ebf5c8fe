using Latchkey.Server.Tests.Running;
using Latchkey.Sqlite;

namespace Latchkey.Server.Tests.Hosting;

public sealed class LiveStoreTests(SharedServer shared)
{
    [Fact]
    [Trait("Store", "sqlite")]
    public async Task The_running_writer_is_durable()
    {
        var writer = shared.Server.Service<SqliteDatabase>().Writer;
        var pragmas = await writer.RunAsync(
            s => (s.First("pragma journal_mode", r => r.GetString(0)), s.First("pragma synchronous", r => r.GetInt64(0))), CancellationToken.None);
        Assert.Equal(("wal", 2L), pragmas);
    }

    [Fact]
    public async Task No_secret_stands_in_the_database()
    {
        await using var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync();
        await shop.ActivatedAsync(sold, "laptop");
        string[] secrets =
        [
            shop.PingToken, shop.ApiToken, server.AdminToken, sold.Key, sold.Key.Replace("-", "", StringComparison.Ordinal), sold.Sale.GumroadKey,
            Uri.EscapeDataString(sold.Sale.Email), "purchaser_id", "order_number", File.ReadAllText(Path.Combine(server.Directory, "master.key")),
        ];
        var content = string.Join('\n', await server.TextsAsync());
        Assert.Contains(shop.Id, content, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, content, StringComparison.OrdinalIgnoreCase));
    }
}
