using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Storefront;

/// <summary>What a sale or membership is, in words and tags.</summary>
internal static class SaleState
{
    public static string Of(SaleRecord sale) => Money(sale) switch
    {
        { Refunded: true } => "refunded",
        { RefundedUsdCents: > 0 and var cents } => $"refunded in part, {Words.Dollars(cents)}",
        _ when sale.DisputeWon || sale.Giver is { DisputeWon: true } => "dispute won",
        _ when sale.Disputed || sale.Giver is { Disputed: true } => "disputed",
        _ when sale.IsPreorderAuthorization => sale.PreorderReleased ? "released" : "ordered ahead",
        _ when sale.IsFreeTrial => "free trial",
        { PriceUsdCents: 0 } => "free",
        _ => "paid",
    };

    /// <summary>Where the money is: of a gift, the giver's half.</summary>
    public static SaleRecord Money(SaleRecord sale) => sale.Giver ?? sale;

    public static Html Tags(SaleRecord sale) => Html.Of($"""
        <span class="tags">{Html.Each(Kinds(sale), kind => Layout.Tag(kind))}{Layout.Tag(Of(sale), Of(sale) is "paid" or "dispute won" ? "good" : sale.Refunded || sale.Disputed ? "bad" : "")}</span>
        """);

    public static Html Tags(SubscriptionRecord membership) => Html.Of($"""
        <span class="tags">{Html.If(membership.CardDeclines, () => Layout.Tag("card declines", "bad"))}{Layout.Tag(Of(membership), membership.EndedAt is not null ? "bad" : membership.CancelledAt is null ? "good" : "")}</span>
        """);

    public static string Of(SubscriptionRecord membership) => membership switch
    {
        { EndedAt: not null, EndedReason: var reason } => reason switch
        {
            "failed_payment" => "ended, payments failed",
            "fixed_subscription_period_ended" => "ended, all payments made",
            _ => "ended",
        },
        { CancelledAt: { } until } => $"cancelled, lasts until {Words.Day(until)}",
        { FailedAt: not null } => "payment failed, tried again",
        { FreeTrialEndsAt: not null, Charges: 0 } => "free trial",
        _ => "alive",
    };

    /// <summary>The plan as a buyer would say it: <c>Patron, 2 seats, $18.00 a month</c>.</summary>
    public static string Of(Plan plan, bool isMultiseat) => string.Join(", ", new[]
    {
        plan.Tier,
        isMultiseat ? $"{Words.Number(plan.Seats)} {(plan.Seats == 1 ? "seat" : "seats")}" : plan.Seats > 1 ? $"{Words.Number(plan.Seats)} times" : "",
        $"{Words.Dollars(plan.PriceUsdCents)} {Words.Per(plan.Recurrence)}",
    }.Where(part => part.Length > 0));

    private static IEnumerable<string> Kinds(SaleRecord sale)
    {
        if (sale.IsTest)
        {
            yield return "test";
        }

        if (sale.Giver is not null)
        {
            yield return "gift";
        }

        if (sale.IsUpgrade)
        {
            yield return "upgrade";
        }
        else if (sale.IsRecurringCharge)
        {
            yield return sale.Subscription is { IsInstallmentPlan: true } ? "installment" : "renewal";
        }

        if (sale.Bundle is not null)
        {
            yield return "part of a bundle";
        }

        if (sale.Shipped)
        {
            yield return "shipped";
        }

        if (sale.License is { AccessRevoked: true })
        {
            yield return "access revoked";
        }
        else if (sale.License is { Disabled: true })
        {
            yield return "key disabled";
        }
    }
}
