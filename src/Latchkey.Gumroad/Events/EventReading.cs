using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Events;

/// <summary>What came of reading a decoded body as an event.</summary>
public abstract record EventReading
{
    private EventReading()
    {
    }

    /// <summary>One of the eight events.</summary>
    /// <param name="Event">The event.</param>
    public sealed record Understood(GumroadEvent Event) : EventReading;

    /// <summary>The settings page's test button: somebody's real purchase, replayed. Never issue, revoke or mail anything for it.</summary>
    /// <param name="Body">The body.</param>
    public sealed record Rehearsal(PingMap Body) : EventReading;

    /// <summary>Nothing we can act on.</summary>
    /// <param name="Reason">
    /// <c>unknown_resource</c>, <c>missing_sale_id</c>, <c>missing_subscription_id</c>, <c>missing_product_id</c>,
    /// or <c>bad_name</c> when one of the three ids is not 1 to 64 of <c>A-Z a-z 0-9 _ = -</c>.
    /// </param>
    public sealed record NotUnderstood(string Reason) : EventReading;
}
