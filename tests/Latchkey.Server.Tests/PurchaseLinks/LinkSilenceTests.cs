using Latchkey.Server.Tests.Running;
using Latchkey.Server.Tests.Streams;
using Microsoft.Extensions.Logging;

namespace Latchkey.Server.Tests.PurchaseLinks;

/// <summary>However talkative the logs and traces are made, no name of a link and nothing that an app put into it gets into them.</summary>
public sealed class LinkSilenceTests
{
    private const string Marker = "Zaphod-Marker-Beeblebrox";

    [Fact]
    public async Task The_whole_way_of_a_link_leaves_no_secret_in_logs_and_traces()
    {
        using var heard = new Eavesdropper();
        string[] talkative = ["--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore.Routing", "Trace"];
        var secrets = new List<string> { Marker };
        await using (var server = await RunningServer.StartAsync(new ServerSetup { Settings = talkative, Adapt = b => b.Logging.AddProvider(heard) }))
        {
            var shop = await Shop.OpenAsync(server);
            var link = await shop.MakeLinkAsync($$"""{"data":["{{Marker}}"],"subject":"user:{{Marker}}","return_url":"https://app.example/?{{Marker}}"}""");
            var reference = await link.ReferenceAsync();
            secrets.AddRange([reference, link.GoPath.Split('/')[^1]]);
            await using var stream = await OpenStream.OpenAsync(server, link.WaitPath + "/stream", "none");
            await server.GetAsync(link.WaitPath);
            await link.PayWithAsync(reference);
            await stream.EndAsync();
            await link.GoAsync();
            secrets.Add((await server.GetAsync(link.WaitPath + "/back")).Headers.Location!.Query[^40..]);
            await link.PayWithAsync(reference);
            await link.ReadAsync();
        }

        // What the HTTP client traces is the browser's side.
        var texts = heard.Texts.Where(t => !t.StartsWith("System.Net.Http ", StringComparison.Ordinal)).ToList();
        Assert.Contains(texts, t => t.StartsWith("Microsoft.AspNetCore Microsoft.AspNetCore.Hosting.HttpRequestIn", StringComparison.Ordinal));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(texts, t => t.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }
}
