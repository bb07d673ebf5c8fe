using System.Collections.ObjectModel;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Events;

/// <summary>One ping, typed. Only <see cref="EventReader"/> makes these.</summary>
/// <remarks>
/// Nothing in it is proven: Gumroad signs nothing, and a seller's custom field named like a key replaces that key by what the buyer typed.
/// A property is null when its key is absent or empty, or when its value could not be read and its name is in <see cref="Malformed"/>.
/// Source of all keys: Gumroad's public server code, <c>app/modules/purchase/ping_notification.rb</c> and <c>app/modules/subscription/ping_notification.rb</c>.
/// </remarks>
public abstract record GumroadEvent
{
    private protected GumroadEvent(EventFields fields)
    {
        fields.Know("resource_name");
        ProductId = fields.Text("product_id") ?? "";
        ProductName = fields.Text("product_name");
        SubscriptionId = fields.Text("subscription_id");
        Recurrence = fields.Text("recurrence");
        LicenseKey = fields.Text("license_key");
        CustomFields = fields.TextMap("custom_fields") ?? ReadOnlyDictionary<string, string>.Empty;
        RetryCount = fields.SmallInteger("retry_count") ?? 0;
        Malformed = fields.Malformed;
    }

    /// <summary>Which of the eight events this is.</summary>
    public abstract GumroadResource Resource { get; }

    /// <summary>The product's id; never empty, 1 to 64 of <c>A-Z a-z 0-9 _ = -</c>.</summary>
    public string ProductId { get; init; }

    /// <summary>The product's name at the time of the event.</summary>
    public string? ProductName { get; init; }

    /// <summary>The subscription's id; never null for the events about subscriptions.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary><c>monthly</c>, <c>quarterly</c>, <c>biannually</c>, <c>yearly</c> or <c>every_two_years</c>; others are kept as they came.</summary>
    public string? Recurrence { get; init; }

    /// <summary>The license key Gumroad made; one for the whole quantity, and the same for all renewals.</summary>
    public string? LicenseKey { get; init; }

    /// <summary>What the buyer answered at checkout, from <c>custom_fields</c> only; empty if nothing.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; }

    /// <summary>0 for a first attempt, then 1 to 3. Never part of what tells events apart.</summary>
    public int RetryCount { get; init; }

    /// <summary>The keys that are not documented, the flat copies of custom fields among them.</summary>
    public PingMap Unknown { get; init; } = new();

    /// <summary>Documented keys whose value could not be read, inner ones as <c>card[type]</c>.</summary>
    public IReadOnlyList<string> Malformed { get; init; }
}
