using Latchkey.Server.Tests.Running;
using Latchkey.Sqlite;

namespace Latchkey.Server.Tests.Hosting;

public sealed class LiveStoreTests(SharedServer shared)
{
    [Fact]
    public async Task The_running_writer_is_durable()
    {
        var writer = shared.Server.Service<SqliteDatabase>().Writer;
        var pragmas = await writer.RunAsync(
            s => (s.First("pragma journal_mode", r => r.GetString(0)), s.First("pragma synchronous", r => r.GetInt64(0))), CancellationToken.None);
        Assert.Equal(("wal", 2L), pragmas);
    }

    [Fact]
    public async Task No_secret_stands_in_the_database_files()
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
        foreach (var file in Directory.GetFiles(server.Directory, "latchkey.db*"))
        {
            var content = System.Text.Encoding.Latin1.GetString(await ReadAsync(file));
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, content, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>The server has the file open, too.</summary>
    private static async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
