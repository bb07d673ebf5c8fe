using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator;

/// <summary>One realistic payload for each of Gumroad's eight resources, with invented people and products.</summary>
public static class SamplePings
{
    private static readonly Uri Store = new("https://inkwellapps.gumroad.com/");
    private static readonly SimulatedProduct Program = SimulatedProduct.Catalog[0];
    private static readonly SimulatedProduct Membership = SimulatedProduct.Catalog[^1];

    /// <summary>A payload with new ids and a new license key on every call. Product and seller ids are always the same.</summary>
    /// <param name="resourceName">One of <see cref="PingResources.All"/>.</param>
    /// <param name="overrides">
    /// <c>field=value</c> each; a field may go inwards with dots or brackets, as in <c>custom_fields[Name]=Mara</c> or
    /// <c>card.type=paypal</c>, and <c>purchase_ids[]=…</c> appends. Unknown fields are added at the end.
    /// </param>
    /// <param name="time">The clock of the sale; the system's when null.</param>
    /// <exception cref="ArgumentException">No such resource, or an override that is not <c>field=value</c>.</exception>
    public static JsonObject Create(string resourceName, IEnumerable<string>? overrides = null, TimeProvider? time = null)
    {
        var payload = Sample(resourceName, (time ?? TimeProvider.System).GetUtcNow());
        foreach (var assignment in overrides ?? [])
        {
            PayloadPath.Set(payload, assignment);
        }

        return payload;
    }

    private static JsonObject Sample(string resource, DateTimeOffset now)
    {
        var identities = new Identities(seed: null);
        var shop = new Shop(StableIds.Id("seller"), () => Store, identities);
        var sale = SaleOf(Program, identities, now);
        sale.Refunded = resource == PingResources.Refund;
        sale.Disputed = resource is PingResources.Dispute or PingResources.DisputeWon;
        sale.DisputeWon = resource == PingResources.DisputeWon;
        var member = MemberSince(identities, now);
        return resource switch
        {
            PingResources.Sale or PingResources.Refund or PingResources.Dispute or PingResources.DisputeWon =>
                SalePayload.Of(sale, resource, shop, withUrlParams: true),
            PingResources.Cancellation => SubscriptionPayload.Cancellation(Cancelled(member))!,
            PingResources.SubscriptionUpdated => SubscriptionPayload.Updated(member, member.Plan with { Tier = "Reader", PriceUsdCents = 300 }, member.Plan, now, shop),
            PingResources.SubscriptionEnded => SubscriptionPayload.Ended(Ended(member, now))!,
            PingResources.SubscriptionRestarted => SubscriptionPayload.Restarted(member, now)!,
            _ => throw new ArgumentException($"Gumroad has no resource '{resource}'; it has {string.Join(", ", PingResources.All)}.", nameof(resource)),
        };
    }

    private static SaleRecord SaleOf(SimulatedProduct product, Identities identities, DateTimeOffset now) => new()
    {
        Item = new ProductRecord(product),
        SaleId = identities.NewSaleId(),
        OrderNumber = identities.NewOrderNumber(),
        At = now,
        Buyer = new Buyer { Email = "mara.ito@example.org", FullName = "Mara Ito", IpCountry = "Japan", Referrer = "direct" },
        Quantity = 1,
        PriceUsdCents = product.PriceUsdCents,
        License = new LicenseRecord(identities.NewId(), identities.NewLicenseKey()),
    };

    private static SubscriptionRecord MemberSince(Identities identities, DateTimeOffset now)
    {
        var first = SaleOf(Membership, identities, now);
        return new SubscriptionRecord
        {
            Id = identities.NewSubscriptionId(),
            Item = first.Item,
            Email = first.Email,
            CreatedAt = now,
            CountedFrom = now,
            MonthsPaid = 1,
            Plan = new Plan("Patron", 1, Recurrences.Monthly, first.PriceUsdCents),
            Original = first,
            Purchases = { first },
            PurchaseIds = { first.SaleId },
        };
    }

    private static SubscriptionRecord Cancelled(SubscriptionRecord member)
    {
        member.CancelledAt = member.PaidUntil;
        return member;
    }

    private static SubscriptionRecord Ended(SubscriptionRecord member, DateTimeOffset now)
    {
        member.CancelledAt = member.EndedAt = now;
        member.EndedReason = "cancelled";
        return member;
    }
}
