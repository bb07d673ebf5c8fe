using System.Text.Json.Nodes;
using Latchkey.Contracts.Leases;
using Latchkey.Server.Tests.Leases;
using Latchkey.Server.Tests.Running;
using Latchkey.Server.Tests.Streams;
using Latchkey.Testing.Postgres;

namespace Latchkey.Server.Tests.Commands;

/// <summary>From a server on SQLite to one on PostgreSQL, with everything that apps and sellers hold on to.</summary>
[Trait("Store", "sqlite")]
public sealed class CopyCommandTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;
    private readonly string _database = postgres.NewEmptyDatabase();

    public void Dispose()
    {
        postgres.Drop(_database);
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Keys_leases_activations_and_places_in_streams_are_the_same_after_the_move()
    {
        Shop shop;
        Sold sold;
        string activation, lease;
        Heard place;
        IReadOnlyList<byte[]> roots;
        await using (var old = await RunningServer.StartAsync(new ServerSetup { Directory = _directory, Settings = ["--Latchkey:Store", "sqlite"] }))
        {
            shop = await Shop.OpenAsync(old, limit: 1);
            sold = await shop.SellAsync();
            var reply = (await shop.ActivateAsync(sold.Key, "laptop")).Must(201);
            (activation, lease) = ((string)reply["activation"]!["id"]!, (string)reply["lease"]!);
            await using var stream = await OpenStream.OfAllAsync(shop, "0");
            place = await stream.NextAsync("license.issued");
            roots = await PublicKeys.RootsAsync(shop);

            var early = await CopyAsync();
            Assert.Equal(1, early.ExitCode);
            Assert.Contains("not finished", early.Output, StringComparison.Ordinal);
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(StartAsync);
            Assert.Contains("latchkey copy", refused.Message, StringComparison.Ordinal);
            await shop.SellAsync();
        }

        var report = JsonNode.Parse((await CopyAsync("--json")).Output)!;
        Assert.True((bool)report["finished"]!);
        Assert.All(report["tables"]!.AsArray(), t => Assert.Equal(t!["source"]!.ToJsonString(), t["destination"]!.ToJsonString()));
        Assert.Equal(2, (int)report["tables"]!.AsArray().Single(t => (string?)t!["name"] == "purchases")!["source"]!["rows"]!);

        await using var server = await StartAsync();
        Task<Reply> AppAsync(string verb, JsonObject body) => server.SendAsync(HttpMethod.Post, $"{shop.Path}/licenses/{verb}", body, null);
        var revealed = await server.SendAsync(HttpMethod.Post, $"{shop.Path}/licenses/{sold.License}/reveal", (JsonNode?)null, shop.ApiToken);
        Assert.Equal(sold.Key, (string?)revealed.Must(200)["key"]);
        (await AppAsync("validate", Ask.Validate(sold.Key, activation, "laptop"))).Must(200);
        Assert.Equal(409, (await AppAsync("activate", Ask.Activate(sold.Key, "another"))).Status);
        var token = (string)(await server.GetAsync($"{shop.Path}/keyset")).Must(200)["keyset"]!;
        var keyset = Assert.IsType<KeysetReading.Ok>(KeysetToken.Read(token, roots)).Claims;
        Assert.Equal(activation, Assert.IsType<LeaseReading.Ok>(LeaseToken.Read(lease, keyset)).Claims.Act);

        await using var resumed = await OpenStream.OpenAsync(server, shop.Path + "/events/stream", shop.ApiToken, place.Id);
        Assert.Equal(place.Position + 1, (await resumed.NextAsync()).Position);
        Assert.True((bool?)(await PingAsync(server, shop, sold.Sale)).Must(200)["duplicate"]);
        var fresh = Sale.New();
        Assert.False((bool?)(await PingAsync(server, shop, fresh)).Must(200)["duplicate"]);
        while ((await resumed.NextAsync("license.issued")).Data["subject"]!.ToString() != "email:" + fresh.Email)
        {
        }

        var again = await CopyAsync();
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("finished already", again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "sqlite:", "postgres:Host=127.0.0.1")]
    [InlineData(2, "latchkey.db", "postgres:Host=127.0.0.1")]
    [InlineData(2, "sqlite:FILE", "127.0.0.1")]
    [InlineData(2, "sqlite:FILE", "postgres:Host=127.0.0.1;hush-hush")]
    [InlineData(2, "sqlite:FILE", "postgres:Password=hush-hush")]
    [InlineData(1, "sqlite:no-such-file.db", "postgres:Host=127.0.0.1")]
    [InlineData(1, "sqlite:FILE", "postgres:Host=127.0.0.1;Port=1;Username=u;Password=hush-hush")]
    public async Task What_cannot_be_is_said_without_the_password(int exitCode, string from, string to)
    {
        var file = Path.Combine(_directory, "empty.db");
        await File.WriteAllTextAsync(file, "");
        var run = await LatchkeyProcess.RunAsync("copy", "--from", from.Replace("FILE", file, StringComparison.Ordinal), "--to", to);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.Error);
        Assert.DoesNotContain("hush", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private static Task<Reply> PingAsync(RunningServer server, Shop shop, Sale sale)
    {
        var content = new ByteArrayContent(sale.Form());
        Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", Shop.FormType));
        return server.SendAsync(HttpMethod.Post, shop.PingPath, content, null);
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(new ServerSetup
    {
        Directory = _directory,
        Settings = ["--Latchkey:Store", "postgres", "--ConnectionStrings:Latchkey", postgres.ConnectionTo(_database)],
    });

    private Task<Run> CopyAsync(params string[] options) => LatchkeyProcess.RunAsync(
        ["copy", "--from", "sqlite:" + Path.Combine(_directory, "latchkey.db"), "--to", "postgres:" + postgres.ConnectionTo(_database), .. options]);
}
