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

    /// <summary>The seller's own checkout fields. They also land flat in the ping, over built-in keys of the same name.</summary>
    public IReadOnlyDictionary<string, string> CustomFields { get; init; } = None;

    /// <summary>A discount code. It is only named; say what is paid with <see cref="PriceUsdCents"/>.</summary>
    public string? OfferCode { get; init; }

    /// <summary>USD cents actually paid for the whole quantity; null follows from product, variants and quantity.</summary>
    public int? PriceUsdCents { get; init; }

    /// <summary>The seller buys an own product: <c>test=true</c>, no card, a real looking key.</summary>
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
