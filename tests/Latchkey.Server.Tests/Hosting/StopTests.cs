using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;
using Latchkey.Server.Tests.Streams;

namespace Latchkey.Server.Tests.Hosting;

/// <summary>From the signal to the end of the process.</summary>
public sealed class StopTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
        TestStore.DropOf(_directory);
    }

    [Fact]
    public async Task A_node_that_leaves_serves_on_but_says_that_it_is_not_ready()
    {
        await using var server = await ServingProcess.StartAsync(_directory, "--Latchkey:StopDelaySeconds", "300");
        Assert.Equal((200, "ready"), await server.GetAsync("/health/ready"));
        var made = JsonNode.Parse((await server.SendAsync(HttpMethod.Post, "/v1/tenants", Json("""{"id":"acme","name":"Acme Audio"}"""))).Text)!;
        await using var stream = await OpenStream.OpenAsync(server.Address, "/v1/tenants/acme/events/stream", (string)made["api_token"]!);
        await stream.NextAsync("hello");

        await server.TellToStopAsync();
        await Eventually.HoldsAsync(async () => await server.GetAsync("/health/ready") == (503, "stopping"), "the node did not say that it leaves");
        Assert.Equal((200, "alive"), await server.GetAsync("/health/live"));
        var ping = new ByteArrayContent(Sale.New().Form());
        ping.Headers.ContentType = new(Shop.FormType);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, new Uri((string)made["ping_url"]!).PathAndQuery, ping)).Status);
        await using var late = await OpenStream.OpenAsync(server.Address, "/v1/tenants/acme/events/stream", (string)made["api_token"]!);
        await late.NextAsync("hello");

        // Whoever cannot wait asks again.
        await server.TellToStopAsync();
        Assert.Equal(0, await server.EndAsync());
        Assert.Null(await stream.EndAsync());
        Assert.Null(await late.EndAsync());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.2")]
    public async Task It_ends_by_itself_when_the_delay_is_over(string seconds)
    {
        await using var server = await ServingProcess.StartAsync(_directory, "--Latchkey:StopDelaySeconds", seconds);
        await server.TellToStopAsync();
        Assert.Equal(0, await server.EndAsync());
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
