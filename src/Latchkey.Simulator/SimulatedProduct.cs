namespace Latchkey.Simulator;

/// <summary>Something for sale.</summary>
public sealed partial record SimulatedProduct
{
    /// <summary>The last part of the product's URL.</summary>
    public required string Permalink { get; init; }

    /// <summary>The name shown to buyers.</summary>
    public required string Name { get; init; }

    /// <summary>The id in pings. Left out, it follows from the permalink and is the same on every run.</summary>
    public string ProductId { get => field ?? StableIds.Id("product " + Permalink); init; }

    /// <summary>Gumroad's short id, five letters. Left out, it follows from the permalink.</summary>
    public string ShortId { get => field ?? StableIds.Short("product " + Permalink); init; }

    /// <summary>USD cents for one, unless a choice of variant has its own price.</summary>
    public required int PriceUsdCents { get; init; }

    /// <summary>The currency the seller thinks in, lower case. Pings name it but give the price in USD.</summary>
    public string Currency { get; init; } = "usd";

    /// <summary>The custom permalink, if the seller set one; addresses and the ping's <c>permalink</c> use it.</summary>
    public string? CustomPermalink { get; init; }

    /// <summary>Shown on the product page and by the API.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether a purchase makes a license key: one, whatever the quantity.</summary>
    public bool IsLicensed { get; init; } = true;

    /// <summary>Whether the quantity of a membership counts seats.</summary>
    public bool IsMultiseat { get; init; }

    /// <summary><c>monthly</c>, <c>quarterly</c>, <c>biannually</c>, <c>yearly</c> or <c>every_two_years</c> makes it a membership; null is a one-time sale.</summary>
    public string? Recurrence { get; init; }

    /// <summary>Other recurrences a member may choose instead of <see cref="Recurrence"/>.</summary>
    public IReadOnlyList<string> OtherRecurrences { get; init; } = [];

    /// <summary>Number of charges after which a membership ends by itself; null goes on.</summary>
    public int? ChargeCount { get; init; }

    /// <summary>Days a new member has before the first charge. The first <c>sale</c> ping looks paid all the same.</summary>
    public int? FreeTrialDays { get; init; }

    /// <summary>Number of monthly payments a one-time product may be paid in; null offers none.</summary>
    public int? Installments { get; init; }

    /// <summary>When a pre-order is charged and delivered. Until then a purchase is an authorization without a key.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>Permalinks of the products in this bundle; each is a purchase of its own at price 0.</summary>
    public IReadOnlyList<string> BundleContents { get; init; } = [];

    /// <summary>USD cents of shipping for each purchase; null is nothing to ship, 0 ships free.</summary>
    public int? ShippingRateUsdCents { get; init; }

    /// <summary>The stock-keeping unit of each choice of the first variant category, by its name; empty text is for a product without variants.</summary>
    public IReadOnlyDictionary<string, string> Skus { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the buyer may pay more than the price.</summary>
    public bool IsPayWhatYouWant { get; init; }

    /// <summary>USD cents proposed where the buyer names the price.</summary>
    public int? SuggestedPriceUsdCents { get; init; }

    /// <summary>How many can be sold in all, counted in quantity; null for any number.</summary>
    public int? MaxPurchaseCount { get; init; }

    /// <summary>What the checkout asks besides the address.</summary>
    public IReadOnlyList<CheckoutField> CustomFields { get; init; } = [];

    /// <summary>Whether it can be bought.</summary>
    public bool IsPublished { get; init; } = true;

    /// <summary>Whether licenses are verified by product id only, as for products made after Gumroad's cut-over.</summary>
    public bool RequiresProductId { get; init; } = true;

    /// <summary>What the buyer chooses among. A membership's tiers are the category <c>Tier</c>.</summary>
    public IReadOnlyList<VariantCategory> Variants { get; init; } = [];

    /// <summary>The last part of its address.</summary>
    public string Slug => CustomPermalink ?? Permalink;

    /// <summary>Whether it is paid again and again.</summary>
    public bool IsMembership => Recurrence is not null;

    /// <summary>All recurrences on offer, the usual one first.</summary>
    public IReadOnlyList<string> Recurrences => Recurrence is null ? [] : [Recurrence, .. OtherRecurrences];
}
