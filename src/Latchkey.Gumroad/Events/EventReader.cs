using System.Buffers;
using System.Diagnostics;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Events;

/// <summary>Reads a decoded body as one of the eight events.</summary>
public static class EventReader
{
    private const int LongestId = 64;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_=-");

    /// <summary>Reads an event. Never throws; unknown keys and values of a wrong shape are set aside.</summary>
    /// <param name="body">The decoded body.</param>
    /// <param name="hint">What the address it came to is for; used only if the body has no <c>resource_name</c>.</param>
    public static EventReading Read(PingMap body, GumroadResource? hint = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        var named = body["resource_name"] is not (null or PingText { Value.Length: 0 });
        if (!named && body.Text("test") == "true")
        {
            return new EventReading.Rehearsal(body);
        }

        if (named)
        {
            hint = GumroadResources.TryParse(body.Text("resource_name"), out var resource) ? resource : null;
        }

        if (hint is not { } kind)
        {
            return new EventReading.NotUnderstood("unknown_resource");
        }

        return Objection(body, kind) is { } reason
            ? new EventReading.NotUnderstood(reason)
            : new EventReading.Understood(Make(kind, body));
    }

    private static string? Objection(PingMap body, GumroadResource kind)
    {
        var sale = body.Text("sale_id");
        var subscription = body.Text("subscription_id");
        var product = body.Text("product_id");
        var isAboutSale = kind is GumroadResource.Sale or GumroadResource.Refund or GumroadResource.Dispute or GumroadResource.DisputeWon;

        if (isAboutSale && string.IsNullOrEmpty(sale))
        {
            return "missing_sale_id";
        }

        if (!isAboutSale && string.IsNullOrEmpty(subscription))
        {
            return "missing_subscription_id";
        }

        if (string.IsNullOrEmpty(product))
        {
            return "missing_product_id";
        }

        // A sale may have no subscription; a sale id in an event about a subscription is not one of its keys.
        var good = IsId(product) && (string.IsNullOrEmpty(subscription) || IsId(subscription)) && (!isAboutSale || IsId(sale!));
        return good ? null : "bad_name";
    }

    private static bool IsId(string text) =>
        text.Length is >= 1 and <= LongestId && !text.AsSpan().ContainsAnyExcept(IdCharacters);

    private static GumroadEvent Make(GumroadResource kind, PingMap body)
    {
        var fields = new EventFields(body);
        GumroadEvent made = kind switch
        {
            GumroadResource.Sale => new SaleEvent(fields),
            GumroadResource.Refund => new RefundEvent(fields),
            GumroadResource.Dispute => new DisputeEvent(fields),
            GumroadResource.DisputeWon => new DisputeWonEvent(fields),
            GumroadResource.Cancellation => new CancellationEvent(fields),
            GumroadResource.SubscriptionUpdated => new SubscriptionUpdatedEvent(fields),
            GumroadResource.SubscriptionEnded => new SubscriptionEndedEvent(fields),
            GumroadResource.SubscriptionRestarted => new SubscriptionRestartedEvent(fields),
            _ => throw new UnreachableException(),
        };
        return made with { Unknown = fields.Unknown() };    // only now has every documented key been asked for
    }
}
