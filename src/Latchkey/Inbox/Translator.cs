using System.Security.Cryptography;
using System.Text.Json;
using Latchkey.Gumroad.Events;
using Latchkey.Gumroad.Pings;
using Latchkey.Tenants;

namespace Latchkey.Inbox;

/// <summary>What an entry was understood to be.</summary>
internal abstract record Translation
{
    private Translation()
    {
    }

    /// <summary>An event at Gumroad.</summary>
    /// <param name="Name">The purchase's name at Gumroad: the subscription's id, else the sale's.</param>
    public sealed record OfGumroad(string Name, GumroadEvent Event) : Translation
    {
        /// <summary>The event's name on the wire, as in <c>dispute_won</c>.</summary>
        public string Resource => GumroadResources.Name(Event.Resource);
    }

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
            EntrySource.Baked => new Translation.OfBaking(JsonSerializer.Deserialize(body, InboxJson.Default.BakedSettings)!),
            _ => OfPing(tenant, entry, body),
        };
    }

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

        return new Translation.OfGumroad(read.SubscriptionId ?? sale!.SaleId, read);
    }

    private static GumroadResource? HintOf(Entry entry) =>
        GumroadResources.TryParse(entry.ResourceHint, out var hint) ? hint : null;
}
