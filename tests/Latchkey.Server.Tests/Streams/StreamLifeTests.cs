using System.Net.Sockets;
using System.Text;
using Latchkey.Outbox;
using Latchkey.Server.Tests.Running;
using Latchkey.Streams;

namespace Latchkey.Server.Tests.Streams;

/// <summary>Streams that end, and go on.</summary>
public sealed class StreamLifeTests
{
    private static readonly string[] QuickBeats = ["--Latchkey:Streams:HeartbeatSeconds", "0.05"];

    [Fact]
    public async Task Readers_go_on_after_a_restart_without_loss_or_repeat()
    {
        var directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;
        try
        {
            string path, pings, token, subject, seenOfOne, seenOfAll;
            Sale later;
            await using (var server = await RunningServer.StartAsync(new ServerSetup { Directory = directory }))
            {
                var shop = await Shop.OpenAsync(server);
                later = Sale.New();
                (path, pings, token, subject) = (shop.Path, shop.PingPath, shop.ApiToken, "email:" + later.Email);
                await using var one = await OpenStream.OfAsync(shop, subject);
                await using var all = await OpenStream.OfAllAsync(shop);
                await shop.SellAsync();
                seenOfAll = (await all.NextAsync("license.issued")).Id!;
                seenOfOne = (await one.NextAsync()).Id!;
            }

            await using var again = await RunningServer.StartAsync(new ServerSetup { Directory = directory });
            await using var resumedAll = await OpenStream.OpenAsync(again, path + "/events/stream", token, seenOfAll);
            await using var resumedOne = await OpenStream.OpenAsync(again, $"{path}/entitlements/{Uri.EscapeDataString(subject)}/stream", token, seenOfOne);
            var missed = await resumedAll.NextAsync();
            Assert.Equal(("entitlements.changed", long.Parse(seenOfAll, System.Globalization.CultureInfo.InvariantCulture) + 1), (missed.Event, missed.Position));

            var content = new ByteArrayContent(later.Form());
            content.Headers.ContentType = new(Shop.FormType);
            (await again.SendAsync(HttpMethod.Post, pings, content, null)).Must(200);
            var news = await resumedOne.NextAsync();
            Assert.Equal("pro", news.Tier);
            Assert.Equal("license.issued", (await resumedAll.NextAsync()).Event);
            Assert.Equal("entitlements.changed", (await resumedAll.NextAsync()).Event);
            Assert.Empty(resumedAll.Unread());
            Assert.Empty(resumedOne.Unread());

            await using var known = await OpenStream.OpenAsync(again, $"{path}/entitlements/{Uri.EscapeDataString(subject)}/stream", token, news.Id);
            await using var behind = await OpenStream.OpenAsync(again, $"{path}/entitlements/{Uri.EscapeDataString(subject)}/stream", token, seenOfOne);
            Assert.Equal(news.Id, (await behind.NextAsync()).Id);
            Assert.Empty(known.Unread());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task A_stop_ends_every_stream_as_a_whole_answer()
    {
        var server = await RunningServer.StartAsync();
        var shop = await Shop.OpenAsync(server);
        var streams = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? OpenStream.OfAllAsync(shop) : OpenStream.OfAsync(shop, $"user:{i}")));
        await Task.WhenAll(streams.Select(s => s.NextAsync()));
        await server.DisposeAsync();
        Assert.All(await Task.WhenAll(streams.Select(s => s.EndAsync())), Assert.Null);
    }

    [Fact]
    public async Task Idle_streams_are_kept_open_by_heartbeats()
    {
        await using var server = await RunningServer.StartAsync(new ServerSetup { Settings = QuickBeats });
        var shop = await Shop.OpenAsync(server);
        await using var one = await OpenStream.OfAsync(shop, "user:1");
        await using var all = await OpenStream.OfAllAsync(shop);
        await Eventually.HoldsAsync(() => one.Beats > 2 && all.Beats > 2, "no heartbeats came");
    }

    [Fact]
    public async Task A_stream_ends_soon_after_its_token_was_removed()
    {
        await using var server = await RunningServer.StartAsync(new ServerSetup { Settings = QuickBeats });
        var shop = await Shop.OpenAsync(server);
        var token = await shop.AddTokenAsync("streams");
        await using var stream = await OpenStream.OfAsync(shop, "user:1", bearer: token);
        await using var other = await OpenStream.OfAsync(shop, "user:1");
        await stream.NextAsync();
        var id = (await shop.SellerGetAsync("/tokens")).Data.Single(t => (string?)t!["label"] == "for a test")!["id"];
        await shop.SellerAsync(HttpMethod.Delete, $"/tokens/{id}");
        Assert.Null(await stream.EndAsync());
        await other.NextAsync();
        var beats = other.Beats;
        await Eventually.HoldsAsync(() => other.Beats > beats, "the other stream ended too");
    }

    [Fact]
    public async Task A_reader_that_does_not_read_is_cut_off_alone_and_resumes()
    {
        await using var server = await RunningServer.StartAsync(new ServerSetup { Settings = ["--Latchkey:Streams:MaxWaitingBytes", "65536"] });
        var shop = await Shop.OpenAsync(server);
        await using var quick = await OpenStream.OfAllAsync(shop);
        await quick.NextAsync("hello");
        using var slow = await SilentReaderAsync(shop);
        await Eventually.HoldsAsync(() => Listening(server, shop) == 2, "the slow reader did not come in");

        // More than all buffers between the two ends hold.
        var detail = new string('x', 1000);
        var sent = 0;
        await Eventually.HoldsAsync(
            async () =>
            {
                await server.AppendAsync(
                    [.. Enumerable.Range(sent, 100).Select(i => new OutboxMessage(shop.Id, $"{i}", OutboxKinds.PurchaseHeld, null, null, detail, server.Time.GetUtcNow()))]);
                sent += 100;
                await Eventually.HoldsAsync(() => Reached(quick, sent), "the quick reader fell behind");
                return Listening(server, shop) == 1;
            },
            "the slow reader was not cut off");

        await using var resumed = await OpenStream.OfAllAsync(shop, "0");
        for (var position = 1; position <= sent; position++)
        {
            Assert.Equal(position, (await resumed.NextAsync()).Position);
        }
    }

    private static bool Reached(OpenStream stream, long position) => stream.Unread().Any(h => h.Position >= position);

    private static int Listening(RunningServer server, Shop shop) => server.Service<StreamHub>().CountOf(shop.Id);

    private static async Task<Socket> SilentReaderAsync(Shop shop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(shop.Server.Address.Host, shop.Server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {shop.Path}/events/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {shop.ApiToken}\r\n\r\n"));
        return socket;
    }
}
