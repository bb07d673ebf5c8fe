namespace Latchkey.Simulator;

/// <summary>What a buyer fills in at checkout.</summary>
public sealed record BuyOrder
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>Which product.</summary>
    public required string Permalink { get; init; }

    /// <summary>The buyer's address; for a gift the receiver's. Stored in lower case, as Gumroad does.</summary>
    public required string Email { get; init; }

    /// <summary>The name, if given.</summary>
    public string? FullName { get; init; }

    /// <summary>1 or more. One license key comes with the whole purchase.</summary>
    public int Quantity { get; init; } = 1;

    /// <summary>Category title to the choice's name. Categories left out take their first choice.</summary>
    public IReadOnlyDictionary<string, string> Variants { get; init; } = None;

    /// <summary>Query parameters of the product page. Those Gumroad keeps to itself are dropped here too.</summary>
    public IReadOnlyDictionary<string, string> UrlParams { get; init; } = None;

    /// <summary>
    /// The query string of the page the buyer came from. Gumroad reads the parameters from it when the checkout passed none
    /// (<see cref="UrlParams"/> is empty); only here does a repeated name become a list.
    /// </summary>
    public string? ReferrerQuery { get; init; }

    /// <summary>The seller's own checkout fields. They also land flat in the ping, over built-in keys of the same name. Checkboxes are <c>true</c> or <c>false</c>.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = None;

    /// <summary>A discount code, which must be on sale for the product and not used up.</summary>
    public string? OfferCode { get; init; }

    /// <summary>USD cents for the whole quantity where the buyer names the price; null takes what is asked.</summary>
    public int? PriceUsdCents { get; init; }

    /// <summary>One of the product's recurrences; null takes the usual one.</summary>
    public string? Recurrence { get; init; }

    /// <summary>Pay in the product's installments rather than at once.</summary>
    public bool InInstallments { get; init; }

    /// <summary>How it is paid.</summary>
    public PaymentMethod PaidBy { get; init; }

    /// <summary>Where to ship; needed for products with a shipping rate.</summary>
    public ShippingAddress? Shipping { get; init; }

    /// <summary>Where the buyer came from: <c>direct</c>, a URL, or null.</summary>
    public string? Referrer { get; init; } = "direct";

    /// <summary>Whether the sale came through Gumroad's own shop.</summary>
    public bool ThroughDiscover { get; init; }

    /// <summary>The affiliate who is credited a quarter of the price, if any.</summary>
    public string? Affiliate { get; init; }

    /// <summary>Whether the buyer agreed to be written to.</summary>
    public bool CanContact { get; init; } = true;

    /// <summary>The seller buys an own product: <c>test=true</c>, no card, a real looking key. Also when the payer's address is <see cref="SimulatorOptions.SellerEmail"/>.</summary>
    public bool IsTest { get; init; }

    /// <summary>Whether the buyer has a Gumroad account, whose id pings then carry.</summary>
    public bool HasAccount { get; init; }

    /// <summary>English name of the country the buyer's address points to; null when unknown.</summary>
    public string? IpCountry { get; init; }

    /// <summary>Set when somebody else pays.</summary>
    public Gift? Gift { get; init; }
}

/// <summary>The paying side of a gift.</summary>
/// <param name="GifterEmail">Who pays.</param>
public sealed record Gift(string GifterEmail);
