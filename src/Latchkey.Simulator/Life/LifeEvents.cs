namespace Latchkey.Simulator.Life;

/// <summary>The names of what a <see cref="LifeReport"/> counts.</summary>
public static class LifeEvents
{
    /// <summary>Things bought, without renewals and without the parts of bundles.</summary>
    public const string Sales = "sales";

    /// <summary>Sales with a discount code.</summary>
    public const string Discounts = "discounts";

    /// <summary>Sales of more than one.</summary>
    public const string Quantities = "quantities";

    /// <summary>Sales with parameters in the product page's address.</summary>
    public const string UrlParams = "url_params";

    /// <summary>Sales with the seller's own checkout fields filled in.</summary>
    public const string CustomFields = "custom_fields";

    /// <summary>Sales at a price the buyer named.</summary>
    public const string NamedPrices = "named_prices";

    /// <summary>Sales paid by somebody else.</summary>
    public const string Gifts = "gifts";

    /// <summary>Sales of bundles.</summary>
    public const string Bundles = "bundles";

    /// <summary>Products bought before their release.</summary>
    public const string Preorders = "preorders";

    /// <summary>Pre-orders charged and delivered.</summary>
    public const string Releases = "releases";

    /// <summary>One-time products paid in installments.</summary>
    public const string InstallmentPlans = "installment_plans";

    /// <summary>Sales to the seller.</summary>
    public const string Tests = "tests";

    /// <summary>Memberships begun, those with a free trial too.</summary>
    public const string Memberships = "memberships";

    /// <summary>Memberships begun with a free trial.</summary>
    public const string FreeTrials = "free_trials";

    /// <summary>Further payments of memberships and installments.</summary>
    public const string Renewals = "renewals";

    /// <summary>Memberships cancelled by somebody.</summary>
    public const string Cancellations = "cancellations";

    /// <summary>Cancellations taken back before the end.</summary>
    public const string TakenBack = "cancellations_taken_back";

    /// <summary>Memberships that had ended and came back.</summary>
    public const string Restarts = "restarts";

    /// <summary>Changes to a dearer tier.</summary>
    public const string Upgrades = "upgrades";

    /// <summary>Changes to a cheaper tier.</summary>
    public const string Downgrades = "downgrades";

    /// <summary>Changes of the number of seats.</summary>
    public const string SeatChanges = "seat_changes";

    /// <summary>Changes of how often a membership is paid.</summary>
    public const string RecurrenceChanges = "recurrence_changes";

    /// <summary>Cards that began to refuse charges.</summary>
    public const string DeclinedCards = "declined_cards";

    /// <summary>Refusing cards replaced by good ones.</summary>
    public const string RepairedCards = "repaired_cards";

    /// <summary>Memberships and installment plans that were over at the end of the life.</summary>
    public const string Ended = "ended";

    /// <summary>Refunds of all that was left.</summary>
    public const string FullRefunds = "full_refunds";

    /// <summary>Refunds of less than that.</summary>
    public const string PartialRefunds = "partial_refunds";

    /// <summary>Chargebacks.</summary>
    public const string Disputes = "disputes";

    /// <summary>Chargebacks decided for the seller.</summary>
    public const string DisputesWon = "disputes_won";

    /// <summary>Pings the seller had sent again.</summary>
    public const string Resends = "resends";

    /// <summary>All of them, in this order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Sales, Discounts, Quantities, UrlParams, CustomFields, NamedPrices, Gifts, Bundles, Preorders, Releases, InstallmentPlans, Tests,
        Memberships, FreeTrials, Renewals, Cancellations, TakenBack, Restarts, Upgrades, Downgrades, SeatChanges, RecurrenceChanges,
        DeclinedCards, RepairedCards, Ended, FullRefunds, PartialRefunds, Disputes, DisputesWon, Resends,
    ];
}
