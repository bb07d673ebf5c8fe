namespace Latchkey.Gumroad.Events;

/// <summary>A subscription goes on: after its end, or because a pending cancellation was taken back. Gumroad may leave it out.</summary>
public sealed record SubscriptionRestartedEvent : SubscriptionSnapshot
{
    internal SubscriptionRestartedEvent(EventFields fields)
        : base(fields) => RestartedAt = fields.Time("restarted_at");

    /// <inheritdoc/>
    public override GumroadResource Resource => GumroadResource.SubscriptionRestarted;

    /// <summary>When Gumroad built the ping, UTC.</summary>
    public DateTimeOffset? RestartedAt { get; init; }
}
