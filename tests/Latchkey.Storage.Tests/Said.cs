using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Latchkey.Storage.Tests;

/// <summary>What Gumroad sends, as far as the fold looks at it.</summary>
internal sealed record Said(ImmutableSortedDictionary<string, string> Fields)
{
    public const string App = "8F_LHPDdm1JxZGU-reMQVQ==";
    public const string Club = "rO-w6jmKIoo2pIAnn4H4_g==";
    public const string Bundle = "Jg2tXlBAmlmXjTgCzn9szg==";
    public const string Unknown = "unknown==";

    public static Said Sale(string id, DateTimeOffset at, string email, string product = App, long cents = 2500) => new Said(ImmutableSortedDictionary<string, string>.Empty)
        .With("resource_name", "sale").With("sale_id", id).With("sale_timestamp", Text(at)).With("email", email)
        .With("seller_id", "s").With("product_id", product).With("product_name", "Keyboard Wizard").With("permalink", "p" + product[..4])
        .With("price", cents.ToString(CultureInfo.InvariantCulture)).With("currency", "usd").With("quantity", "1").With("order_number", "1")
        .With("refunded", "false").With("disputed", "false").With("dispute_won", "false");

    public static Said Charge(string subscription, string id, DateTimeOffset at, string email, string tier, bool recurring = false)
    {
        var first = Sale(id, at, email, Club, 500)
            .With("subscription_id", subscription).With("recurrence", "monthly").With("variants[Tier]", tier);
        return recurring ? first.With("is_recurring_charge", "true") : first;
    }

    public static Said GiftReceived(string id, DateTimeOffset at, string email, string giver) => Sale(id, at, email, App, 0)
        .With("is_gift_receiver_purchase", "true").With("gift_price", "2500").With("gifter_email", giver);

    public static Said Member(string resource, string subscription, string email) => new Said(ImmutableSortedDictionary<string, string>.Empty)
        .With("resource_name", resource).With("subscription_id", subscription).With("product_id", Club).With("product_name", "Ink Club")
        .With("user_email", email).With("recurrence", "monthly").With("created_at", "2026-03-14T09:26:53Z");

    public static Said Cancelled(string subscription, string email, DateTimeOffset at, bool forFailedPayments = false) => Member("cancellation", subscription, email)
        .With("cancelled", "true").With("cancelled_at", Text(at)).With(forFailedPayments ? "cancelled_due_to_payment_failures" : "cancelled_by_buyer", "true");

    public static Said Ended(string subscription, string email, DateTimeOffset at, string reason) =>
        Member("subscription_ended", subscription, email).With("ended_at", Text(at)).With("ended_reason", reason);

    public static Said Restarted(string subscription, string email, DateTimeOffset at) =>
        Member("subscription_restarted", subscription, email).With("restarted_at", Text(at));

    public static Said Changed(string subscription, string email, bool upgrade, DateTimeOffset effective, string from, string to) =>
        Member("subscription_updated", subscription, email).With("type", upgrade ? "upgrade" : "downgrade").With("effective_as_of", Text(effective))
            .Plan("old_plan", from).Plan("new_plan", to);

    public Said With(string name, string value) => new(Fields.SetItem(name, value));

    /// <summary>The same charge in a later ping.</summary>
    public Said Later(string resource, params string[] flags) =>
        flags.Aggregate(With("resource_name", resource), (said, flag) => said.With(flag, "true"));

    public byte[] ToForm() => Encoding.UTF8.GetBytes(string.Join('&', Fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}")));

    private Said Plan(string name, string tier) => With($"{name}[recurrence]", "monthly").With($"{name}[price_cents]", "500").With($"{name}[quantity]", "1")
        .With($"{name}[tier][id]", $"{tier}-id==").With($"{name}[tier][name]", tier);

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
