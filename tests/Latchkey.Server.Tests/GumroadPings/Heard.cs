using System.Collections.Concurrent;
using Latchkey.AspNetCore.GumroadPings;
using Latchkey.Gumroad.Events;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>What a handler was told, and what it then does.</summary>
internal sealed class Heard
{
    public ConcurrentQueue<(string Method, object What)> All { get; } = [];

    public Func<CancellationToken, Task> Do { get; set; } = _ => Task.CompletedTask;

    public Task TellAsync(string method, object what, CancellationToken ct)
    {
        All.Enqueue((method, what));
        return Do(ct);
    }

    public T Only<T>(string method)
    {
        var (name, what) = Assert.Single(All);
        Assert.Equal(method, name);
        return Assert.IsType<T>(what);
    }
}

/// <summary>What a ping that was not understood was told with.</summary>
internal sealed record Riddle(string Reason, byte[] Body);

/// <summary>Writes down every call.</summary>
internal class Listener(Heard heard) : GumroadPingHandler
{
    public override Task OnSaleAsync(SaleEvent sale, CancellationToken ct) => heard.TellAsync("sale", sale, ct);

    public override Task OnRefundAsync(RefundEvent refund, CancellationToken ct) => heard.TellAsync("refund", refund, ct);

    public override Task OnDisputeAsync(DisputeEvent dispute, CancellationToken ct) => heard.TellAsync("dispute", dispute, ct);

    public override Task OnDisputeWonAsync(DisputeWonEvent won, CancellationToken ct) => heard.TellAsync("dispute_won", won, ct);

    public override Task OnCancellationAsync(CancellationEvent cancellation, CancellationToken ct) => heard.TellAsync("cancellation", cancellation, ct);

    public override Task OnSubscriptionUpdatedAsync(SubscriptionUpdatedEvent updated, CancellationToken ct) => heard.TellAsync("subscription_updated", updated, ct);

    public override Task OnSubscriptionEndedAsync(SubscriptionEndedEvent ended, CancellationToken ct) => heard.TellAsync("subscription_ended", ended, ct);

    public override Task OnSubscriptionRestartedAsync(SubscriptionRestartedEvent restarted, CancellationToken ct) => heard.TellAsync("subscription_restarted", restarted, ct);

    public override Task OnTestPingAsync(PingMap body, CancellationToken ct) => heard.TellAsync("test", body, ct);

    public override Task OnNotUnderstoodAsync(string reason, ReadOnlyMemory<byte> body, CancellationToken ct) =>
        heard.TellAsync("not_understood", new Riddle(reason, body.ToArray()), ct);
}

/// <summary>Another one, for another address.</summary>
internal sealed class SecondListener(Heard heard) : Listener(heard);

/// <summary>Overrides nothing.</summary>
internal sealed class Idle : GumroadPingHandler;
