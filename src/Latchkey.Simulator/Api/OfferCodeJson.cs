using System.Text.Json.Nodes;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>A discount code as the API shows it. Source: <c>app/models/offer_code.rb</c>.</summary>
internal static class OfferCodeJson
{
    public static JsonObject Of(OfferCodeRecord record)
    {
        var json = new JsonObject
        {
            ["id"] = record.Id,
            ["name"] = record.Code.Code,
            ["max_purchase_count"] = record.Code.MaxPurchaseCount,
            ["universal"] = record.Code.Permalinks.Count == 0,
            ["times_used"] = record.TimesUsed,
        };
        if (record.Code.PercentOff is { } percent)
        {
            json["percent_off"] = percent;
        }
        else
        {
            json["amount_cents"] = record.Code.AmountOffUsdCents;
        }

        return json;
    }
}
