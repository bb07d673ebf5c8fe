using System.Security.Cryptography;
using System.Text.Json;
using Latchkey.Gumroad.Events;
using Latchkey.Gumroad.Pings;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Inbox;

/// <summary>What an entry was understood to be.</summary>
internal abstract record Translation
{
    private Translation()
    {
    }

    /// <summary>The purchase's name at Gumroad, if the entry says it: the subscription's id, else the sale's.</summary>
    public virtual string? GumroadName => null;

    /// <summary>An event at Gumroad.</summary>
    public sealed record OfGumroad(string Name, GumroadEvent Event) : Translation
    {
        public override string GumroadName => Name;

        /// <summary>The event's name on the wire, as in <c>dispute_won</c>.</summary>
        public string Resource => GumroadResources.Name(Event.Resource);
    }

    /// <summary>A sale as the API showed it.</summary>
    public sealed record OfSale(string Name, SaleRead Read) : Translation
    {
        public override string GumroadName => Name;
    }

    /// <summary>A subscription as the API showed it.</summary>
    public sealed record OfSubscriber(string Name, SubscriberRead Read) : Translation
    {
        public override string GumroadName => Name;
    }

    /// <summary>That this purchase rests on another, or another on this.</summary>
    public sealed record OfLink(LinkNote Link) : Translation;

    /// <summary>What became of the link that the purchase came with.</summary>
    public sealed record OfRedemption(Redemption Redemption) : Translation;

    public sealed record OfSeller(SellerAct Act) : Translation;

    public sealed record OfBaking(BakedSettings Settings) : Translation;

    public sealed record Ignored(string Reason) : Translation;

    /// <summary>Not understood, or not to be acted on; kept and shown.</summary>
    public sealed record Held(string Reason) : Translation;
}

/// <summary>From an entry to what it says. Gumroad's types go no further than the facts made from this.</summary>
internal static class Translator
{
    /// <exception cref="CryptographicException">The sealed body does not open.</exception>
    public static Translation Translate(TenantContext tenant, Entry entry)
    {
        var body = BodySeal.Open(tenant, entry.Id, entry.SealedBody);
        return entry.Source switch
        {
            EntrySource.Seller => new Translation.OfSeller(JsonSerializer.Deserialize(body, InboxJson.Default.SellerAct)!),
            EntrySource.Link => new Translation.OfLink(JsonSerializer.Deserialize(body, InboxJson.Default.LinkNote)!),
            EntrySource.Redemption => new Translation.OfRedemption(JsonSerializer.Deserialize(body, InboxJson.Default.Redemption)!),
            EntrySource.Api => OfRead(JsonSerializer.Deserialize(body, InboxJson.Default.GumroadRead)!, entry.LastSeenAt),
            EntrySource.Baked => new Translation.OfBaking(JsonSerializer.Deserialize(body, InboxJson.Default.BakedSettings)!),
            _ => OfPing(tenant, entry, body),
        };
    }

    private static Translation OfRead(GumroadRead read, DateTimeOffset at) => read.Sale is { } sale
        ? new Translation.OfSale(read.Name, sale with { ReadAt = at })
        : new Translation.OfSubscriber(read.Name, read.Subscriber! with { ReadAt = at });

    private static Translation OfPing(TenantContext tenant, Entry entry, byte[] body)
    {
        if (entry.Truncated)
        {
            return new Translation.Held(EntryReasons.TooLarge);
        }

        return PingDecoder.Decode(body, entry.ContentType) switch
        {
            PingDecoding.Refused refused => new Translation.Held(refused.Reason.Code()),
            PingDecoding.Decoded { HasBrokenEncoding: true } => new Translation.Held(EntryReasons.BrokenEncoding),
            PingDecoding.Decoded decoded => EventReader.Read(decoded.Root, HintOf(entry)) switch
            {
                EventReading.Rehearsal => new Translation.Ignored(EntryReasons.Rehearsal),
                EventReading.NotUnderstood not => new Translation.Held(not.Reason),
                EventReading.Understood understood => OfEvent(tenant, entry, understood.Event),
                var other => throw new InvalidOperationException(other.GetType().Name),
            },
            var other => throw new InvalidOperationException(other.GetType().Name),
        };
    }

    private static Translation OfEvent(TenantContext tenant, Entry entry, GumroadEvent read)
    {
        // What once belonged to a purchase is not taken from it by a later change of the settings.
        var sale = read as SaleSnapshot;
        if (entry.Purchase is null && sale?.SellerId is { } seller && tenant.Integration.SellerId is { } expected && seller != expected)
        {
            return new Translation.Held(EntryReasons.OtherSeller);
        }

        if (read.IsTyped("product_id", read.ProductId) || (sale is not null && read.IsTyped("sale_id", sale.SaleId)))
        {
            return new Translation.Held(EntryReasons.ImitatedField);
        }

        if (sale is not null && read.IsTyped("subscription_id", read.SubscriptionId))
        {
            // Only a membership has a recurrence, and that key no field can take: whose it is cannot be told then.
            return sale.Recurrence is null
                ? new Translation.OfGumroad(sale.SaleId, sale with { SubscriptionId = null })
                : new Translation.Held(EntryReasons.ImitatedField);
        }

        return new Translation.OfGumroad(read.SubscriptionId ?? sale!.SaleId, read);
    }

    private static GumroadResource? HintOf(Entry entry) =>
        GumroadResources.TryParse(entry.ResourceHint, out var hint) ? hint : null;
}
