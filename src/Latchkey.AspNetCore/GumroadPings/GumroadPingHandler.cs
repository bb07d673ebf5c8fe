using Latchkey.Gumroad.Events;
using Latchkey.Gumroad.Pings;

namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>
/// What an app does about Gumroad's pings: one method for each of the eight events. A method that is not overridden does nothing.
/// </summary>
/// <remarks>
/// Made for each ping in a scope of its own, so it may take scoped services such as a <c>DbContext</c>.
/// A method that returns is done: Gumroad hears 200. One that throws, or is not done within <see cref="GumroadPingOptions.HandlerTimeLimit"/>,
/// is called again when Gumroad repeats the ping, 60, 240 and 840 s after the first time, and never after that.
/// Pings come in any order, and a process may die between the work and the memory of it: write so that doing it twice does no harm,
/// for example by an upsert on <see cref="SaleSnapshot.SaleId"/>.
/// Source of the times: Gumroad's public server code, <c>app/sidekiq/post_to_individual_ping_endpoint_worker.rb</c>.
/// </remarks>
public abstract class GumroadPingHandler
{
    /// <summary>Something was bought, renewed, given or pre-ordered; <see cref="SaleSnapshot.IsTest"/> when the seller bought their own product.</summary>
    /// <param name="sale">The sale.</param>
    /// <param name="ct">Cancelled when the time is up.</param>
    public virtual Task OnSaleAsync(SaleEvent sale, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A sale was refunded, in full or, with <see cref="SaleSnapshot.Refunded"/> false, in part.</summary>
    /// <remarks>
    /// A partial refund names no amount and looks like the one before, so it is never taken for a repeat and may be told more than once:
    /// ask Gumroad's API what is left of the sale.
    /// </remarks>
    /// <param name="refund">The sale as it stands after the refund.</param>
    /// <param name="ct">Cancelled when the time is up.</param>
    public virtual Task OnRefundAsync(RefundEvent refund, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A payment was disputed.</summary>
    /// <param name="dispute">The sale in dispute.</param>
    /// <param name="ct">Cancelled when the time is up.</param>
    public virtual Task OnDisputeAsync(DisputeEvent dispute, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A dispute was won by the seller.</summary>
    /// <param name="won">The sale that was in dispute.</param>
    /// <param name="ct">Cancelled when the time is up.</param>
    public virtual Task OnDisputeWonAsync(DisputeWonEvent won, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A subscription will end; access goes on until <see cref="OnSubscriptionEndedAsync"/>.</summary>
    /// <param name="cancellation">The subscription, and when it will end.</param>
    /// <param name="ct">Cancelled when the time is up.</param>
    public virtual Task OnCancellationAsync(CancellationEvent cancellation, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A tiered membership was upgraded or downgraded.</summary>
    /// <param name="updated">The subscription, its old plan and its new one.</param>
    /// <param name="ct">Cancelled when the time is up.</param>
    public virtual Task OnSubscriptionUpdatedAsync(SubscriptionUpdatedEvent updated, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A subscription is over.</summary>
    /// <param name="ended">The subscription, and why it ended.</param>
    /// <param name="ct">Cancelled when the time is up.</param>
    public virtual Task OnSubscriptionEndedAsync(SubscriptionEndedEvent ended, CancellationToken ct) => Task.CompletedTask;

    /// <summary>A subscription goes on after all.</summary>
    /// <param name="restarted">The subscription.</param>
    /// <param name="ct">Cancelled when the time is up.</param>
    public virtual Task OnSubscriptionRestartedAsync(SubscriptionRestartedEvent restarted, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// The settings page's test button was pressed: the address works. The body is some buyer's real purchase, replayed;
    /// never issue, revoke or mail anything for it.
    /// </summary>
    /// <remarks>Source: Gumroad's public server code, <c>app/modules/user/ping_notification.rb</c>.</remarks>
    /// <param name="body">What was sent.</param>
    /// <param name="ct">Cancelled when the time is up.</param>
    public virtual Task OnTestPingAsync(PingMap body, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Something came to the right address that is none of the eight events. Gumroad hears 200, for a repeat would be no clearer.</summary>
    /// <param name="reason">
    /// A code of <see cref="EventReading.NotUnderstood"/> or <see cref="PingRefusals"/>, or <c>broken_encoding</c>.
    /// </param>
    /// <param name="body">The bytes as received, cut off at <see cref="GumroadPingOptions.MaxBodyBytes"/>. They may hold personal data.</param>
    /// <param name="ct">Cancelled when the time is up.</param>
    public virtual Task OnNotUnderstoodAsync(string reason, ReadOnlyMemory<byte> body, CancellationToken ct) => Task.CompletedTask;
}
