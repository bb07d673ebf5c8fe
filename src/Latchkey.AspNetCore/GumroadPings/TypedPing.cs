using System.Diagnostics;
using System.Text;
using Latchkey.Gumroad.Events;
using Latchkey.Gumroad.Pings;
using Latchkey.Inbox;

namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>A ping that was read, and which method of a handler is for it.</summary>
/// <param name="Kind">The event's name on the wire, <c>test_button</c>, or why it was not understood. Never text that was sent.</param>
/// <param name="Understood">Whether it is one of the eight events or the test button.</param>
/// <param name="Key">Equal for all its repeats; null for what cannot be told from a repeat and is handled each time.</param>
/// <param name="DeliverAsync">Calls the method.</param>
internal sealed record TypedPing(string Kind, bool Understood, string? Key, Func<GumroadPingHandler, CancellationToken, Task> DeliverAsync)
{
    /// <param name="body">The body, or its first bytes.</param>
    /// <param name="truncated">More came than was kept.</param>
    /// <param name="hint">What the address says the ping is about.</param>
    public static TypedPing Read(PingHandler handler, ReadOnlySpan<byte> body, bool truncated, string? contentType, string? hint)
    {
        if (truncated)
        {
            return NotUnderstood(PingRefusal.TooLarge.Code(), body, KeyOf(body));
        }

        return PingDecoder.Decode(body, contentType) switch
        {
            PingDecoding.Refused refused => NotUnderstood(refused.Reason.Code(), body, KeyOf(body)),
            PingDecoding.Decoded { HasBrokenEncoding: true } => NotUnderstood(EntryReasons.BrokenEncoding, body, KeyOf(body)),
            PingDecoding.Decoded decoded => EventReader.Read(decoded.Root, GumroadResources.TryParse(hint, out var resource) ? resource : null) switch
            {
                EventReading.Rehearsal test => new(EntryReasons.Rehearsal, true, null, (h, ct) => h.OnTestPingAsync(test.Body, ct)),
                EventReading.NotUnderstood not => NotUnderstood(not.Reason, body, KeyOf(body)),
                EventReading.Understood { Event: var read } => new(GumroadResources.Name(read.Resource), true, IsUnmistakable(read) ? KeyOf(body) : null, Method(read)),
                _ => throw new UnreachableException(),
            },
            _ => throw new UnreachableException(),
        };

        string KeyOf(ReadOnlySpan<byte> bytes) =>
            Convert.ToHexStringLower(RepeatKey.OfPing(Encoding.UTF8.GetBytes(handler.Name), bytes, contentType, hint, truncated, out _));
    }

    /// <summary>Two partial refunds of one sale can have the same body, and neither may be lost.</summary>
    private static bool IsUnmistakable(GumroadEvent read) => read is not RefundEvent { Refunded: not true };

    private static TypedPing NotUnderstood(string reason, ReadOnlySpan<byte> body, string key)
    {
        var bytes = body.ToArray();
        return new(reason, false, key, (handler, ct) => handler.OnNotUnderstoodAsync(reason, bytes, ct));
    }

    private static Func<GumroadPingHandler, CancellationToken, Task> Method(GumroadEvent read) => read switch
    {
        SaleEvent sale => (h, ct) => h.OnSaleAsync(sale, ct),
        RefundEvent refund => (h, ct) => h.OnRefundAsync(refund, ct),
        DisputeEvent dispute => (h, ct) => h.OnDisputeAsync(dispute, ct),
        DisputeWonEvent won => (h, ct) => h.OnDisputeWonAsync(won, ct),
        CancellationEvent cancellation => (h, ct) => h.OnCancellationAsync(cancellation, ct),
        SubscriptionUpdatedEvent updated => (h, ct) => h.OnSubscriptionUpdatedAsync(updated, ct),
        SubscriptionEndedEvent ended => (h, ct) => h.OnSubscriptionEndedAsync(ended, ct),
        SubscriptionRestartedEvent restarted => (h, ct) => h.OnSubscriptionRestartedAsync(restarted, ct),
        _ => throw new UnreachableException(),
    };
}
