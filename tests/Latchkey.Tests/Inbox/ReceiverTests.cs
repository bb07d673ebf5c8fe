using Latchkey.Inbox;

namespace Latchkey.Tests.Inbox;

public class ReceiverTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 60)]
    [InlineData(2, 240)]
    [InlineData(3, 840)]
    public async Task A_retry_was_first_said_at_its_first_attempt(int? retry, int seconds)
    {
        var stored = await ReceiveAsync(Ping.Sale(("retry_count", retry)).ToForm());
        Assert.Equal(Acme.Start, stored.ReceivedAt);
        Assert.Equal(Acme.Start.AddSeconds(-seconds), stored.FirstSeenAt);
        Assert.Equal(stored.FirstSeenAt, stored.LastSeenAt);
    }

    [Fact]
    public async Task The_body_is_stored_sealed_and_whole()
    {
        var body = Ping.Captured("03");
        var stored = await ReceiveAsync(body);
        Assert.Equal(body, BodySeal.Open(Acme.Tenant, stored.Id, stored.SealedBody));
        Assert.Equal(-1, stored.SealedBody.AsSpan().IndexOf("seller_id"u8));
    }

    [Fact]
    public async Task Even_what_makes_no_sense_is_stored()
    {
        var stored = await ReceiveAsync([0xFF, 0x00], new string('x', 1_000), new string('h', 1_000));
        Assert.Equal(EntryStatus.Received, stored.Status);
        Assert.Equal(200, stored.ContentType!.Length);
        Assert.Equal(200, stored.ResourceHint!.Length);
    }

    private static async Task<Entry> ReceiveAsync(byte[] body, string? contentType = Acme.Form, string? hint = null)
    {
        var clock = new Clock(Acme.Start);
        var inbox = new Inbox();
        var receipt = await new Receiver(inbox, new FoldSignal(clock), clock).ReceiveAsync(Acme.Tenant, body, truncated: false, contentType, hint);
        Assert.Equal(receipt.Id, inbox.Stored!.Id);
        return inbox.Stored;
    }

    private sealed class Inbox : IInboxStore
    {
        public Entry? Stored { get; private set; }

        public Task<Receipt> AppendAsync(Entry entry)
        {
            Stored = entry;
            return Task.FromResult(new Receipt(entry.Id, Duplicate: false));
        }

        public Task<Entry?> FindAsync(string tenant, string id, CancellationToken ct) => throw new NotSupportedException();

        public Task<IReadOnlyList<Entry>> ListAsync(string tenant, EntryStatus? status, string? after, int limit, CancellationToken ct) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Entry>> ListByPurchaseAsync(string tenant, string purchase, CancellationToken ct) => throw new NotSupportedException();

        public Task<bool> ReplayAsync(string tenant, string id, CancellationToken ct) => throw new NotSupportedException();
    }
}
