using Latchkey.Server.Tests.Running;
using Npgsql;

namespace Latchkey.Server.Tests.Hosting;

/// <summary>A database that hangs, and one that is away: everybody is told in time, and it heals by itself.</summary>
[Trait("Store", "postgres")]
public sealed class PostgresTroubleTests : IAsyncLifetime
{
    private readonly string _database = TestStore.Postgres.NewDatabase();
    private RunningServer _server = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(new ServerSetup { Settings = TestStore.PostgresSettings(TestStore.Postgres.ConnectionTo(_database)) });
        _shop = await Shop.OpenAsync(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        TestStore.Postgres.Drop(_database);
    }

    [Fact]
    public async Task A_database_that_hangs_makes_the_node_not_ready_and_pings_a_503_until_it_answers()
    {
        var sale = Sale.New();
        await using (var connection = new NpgsqlConnection(TestStore.Postgres.ConnectionTo(_database)))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand("lock table installation, inbox in access exclusive mode", connection);
            await command.ExecuteNonQueryAsync();
            Assert.Equal((503, "not ready: the store does not answer"), await ReadyAsync());
            var ping = await _shop.PingAsync(sale.Form());
            Assert.Equal((503, ""), (ping.Status, ping.Text));
            Assert.True(ping.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        }

        await HealsAsync();
        await _shop.SellAsync(sale);
        Assert.Single((await _shop.SellerGetAsync($"/licenses?email={Uri.EscapeDataString(sale.Email)}")).Data);
    }

    [Fact]
    public async Task A_database_that_is_away_makes_the_node_not_ready_and_everything_a_503_until_it_is_back()
    {
        var sold = await _shop.SellAsync();
        await OutsideAsync($"alter database {_database} allow_connections false; select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_database}'");
        Assert.Equal((503, "not ready: the store does not answer"), await ReadyAsync());
        var sale = Sale.New();
        Assert.Equal(503, (await _shop.PingAsync(sale.Form())).Status);
        (await _shop.ActivateAsync(sold.Key, "laptop")).MustRefuse(503, "temporarily_unavailable");
        (await _shop.SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/suspend")).MustRefuse(503, "temporarily_unavailable");

        await OutsideAsync($"alter database {_database} allow_connections true");
        await HealsAsync();
        await _shop.SellAsync(sale);
        (await _shop.ActivateAsync(sold.Key, "laptop")).Must(201);
    }

    private async Task<(int Status, string Text)> ReadyAsync()
    {
        var reply = await _server.GetAsync("/health/ready");
        return (reply.Status, reply.Text);
    }

    private Task HealsAsync() => Eventually.HoldsAsync(async () => await ReadyAsync() == (200, "ready"), "the node did not recover");

    private static async Task OutsideAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(TestStore.Postgres.ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
