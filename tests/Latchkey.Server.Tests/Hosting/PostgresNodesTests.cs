using System.Collections.Concurrent;
using System.Security.Cryptography;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Hosting;

/// <summary>Several nodes on one database: processes, as they run in earnest.</summary>
[Trait("Store", "postgres")]
public sealed class PostgresNodesTests : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;
    private readonly string _database = TestStore.Postgres.NewEmptyDatabase();

    private readonly ConcurrentBag<ServingProcess> _nodes = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
        TestStore.Postgres.Drop(_database);
    }

    [Fact]
    public async Task Nodes_with_one_master_key_start_on_an_empty_database_at_once_and_agree_on_the_admin_token()
    {
        var master = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var nodes = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => StartAsync($"node-{i}", "--Latchkey:MasterKey", master)));
        Assert.Single(nodes.Select(n => n.AdminToken).Distinct());

        var tenant = new StringContent("""{"id":"acme","name":"Acme Audio"}""", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(201, (await nodes[0].SendAsync(HttpMethod.Post, "/v1/tenants", tenant)).Status);
        foreach (var node in nodes)
        {
            var (status, text) = await node.GetAsync("/v1/tenants/acme");
            Assert.Equal(200, status);
            Assert.Contains("Acme Audio", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Of_two_nodes_without_a_master_key_one_starts_and_the_other_is_told_to_take_its_key()
    {
        var starts = new[] { StartAsync("one"), StartAsync("other") };
        await Task.WhenAll(starts.Select(s => s.ContinueWith(_ => { }, TaskScheduler.Default)));
        var (first, refused) = starts[0].IsCompletedSuccessfully ? (await starts[0], starts[1]) : (await starts[1], starts[0]);
        Assert.Contains("master key", (await Assert.ThrowsAsync<InvalidOperationException>(() => refused)).Message, StringComparison.Ordinal);
        var later = Path.Combine(_directory, Path.GetFileName(first.Directory) == "one" ? "other" : "one");
        Assert.Empty(Directory.GetFiles(later));

        File.Copy(Path.Combine(first.Directory, "master.key"), Path.Combine(later, "master.key"));
        var second = await StartAsync(Path.GetFileName(later));
        Assert.Equal(first.AdminToken, second.AdminToken);
        Assert.Equal((200, "ready"), await second.GetAsync("/health/ready"));
    }

    private async Task<ServingProcess> StartAsync(string name, params string[] settings)
    {
        var node = await ServingProcess.StartAsync(
            Path.Combine(_directory, name), [.. TestStore.PostgresSettings(TestStore.Postgres.ConnectionTo(_database)), .. settings]);
        _nodes.Add(node);
        return node;
    }
}
