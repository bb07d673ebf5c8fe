namespace Latchkey.Gumroad.Events;

/// <summary>A sale as it stood when Gumroad built the ping: <c>sale</c>, <c>refund</c>, <c>dispute</c> and <c>dispute_won</c> carry the same keys.</summary>
/// <remarks>A late or repeated ping carries an old snapshot: a <c>sale</c> may still say it was not refunded after the refund has come.</remarks>
public abstract record SaleSnapshot : GumroadEvent
{
    private protected SaleSnapshot(EventFields fields)
        : base(fields)
    {
        SellerId = fields.Text("seller_id");
        Permalink = fields.Text("permalink");
        ProductPermalink = fields.Text("product_permalink");
        ShortProductId = fields.Text("short_product_id");
        Email = fields.Text("email");
        PriceUsdCents = fields.Integer("price");
        GumroadFeeUsdCents = fields.Integer("gumroad_fee");
        Currency = fields.Text("currency");
        Quantity = fields.SmallInteger("quantity");
        DiscoverFeeCharged = fields.Flag("discover_fee_charged");
        CanContact = fields.Flag("can_contact");
        Referrer = fields.Text("referrer");
        Card = Card.Read(fields.Inner("card"));
        OrderNumber = fields.Integer("order_number");
        SaleId = fields.Text("sale_id") ?? "";
        SaleTimestamp = fields.Time("sale_timestamp");
        FullName = fields.Text("full_name");
        PurchaserId = fields.Text("purchaser_id");
        AffiliateCreditAmountCents = fields.Integer("affiliate_credit_amount_cents");
        UrlParams = fields.TextMap("url_params");
        Variants = fields.TextMap("variants");
        OfferCode = fields.Text("offer_code");
        IsTest = fields.Flag("test") ?? false;
        IsRecurringCharge = fields.Flag("is_recurring_charge") ?? false;
        IsPreorderAuthorization = fields.Flag("is_preorder_authorization") ?? false;
        Shipping = ShippingInformation.Read(fields);
        IpCountry = fields.Text("ip_country");
        IsMultiseatLicense = fields.Flag("is_multiseat_license");
        ShippingRateUsdCents = fields.Integer("shipping_rate");
        Affiliate = fields.Text("affiliate");
        IsGiftReceiverPurchase = fields.Flag("is_gift_receiver_purchase");
        GiftPriceUsdCents = fields.Integer("gift_price");
        GifterEmail = fields.Text("gifter_email");
        SkuId = fields.Text("sku_id");
        OriginalSkuId = fields.Text("original_sku_id");
        Refunded = fields.Flag("refunded");
        Disputed = fields.Flag("disputed");
        DisputeWon = fields.Flag("dispute_won");
    }

    /// <summary>The seller's id; equals <c>user_id</c> of the API's <c>/v2/user</c>.</summary>
    /// <remarks>Key <c>seller_id</c>.</remarks>
    public string? SellerId { get; init; }

    /// <summary>The product's custom permalink, else its short one.</summary>
    /// <remarks>Key <c>permalink</c>.</remarks>
    public string? Permalink { get; init; }

    /// <summary>The product's full URL.</summary>
    /// <remarks>Key <c>product_permalink</c>.</remarks>
    public string? ProductPermalink { get; init; }

    /// <summary>The product's short id: letters and <c>_</c>.</summary>
    /// <remarks>Key <c>short_product_id</c>.</remarks>
    public string? ShortProductId { get; init; }

    /// <summary>The buyer's e-mail as typed at checkout; of a gift the receiver's.</summary>
    /// <remarks>Key <c>email</c>.</remarks>
    public string? Email { get; init; }

    /// <summary>US cents for the whole quantity, whatever <see cref="Currency"/> says; 0 when free, for a gift's receiver and for a bundle's contents.</summary>
    /// <remarks>Key <c>price</c>.</remarks>
    public long? PriceUsdCents { get; init; }

    /// <summary>Gumroad's fee in US cents.</summary>
    /// <remarks>Key <c>gumroad_fee</c>.</remarks>
    public long? GumroadFeeUsdCents { get; init; }

    /// <summary>The product's pricing currency, lower case; not the currency of the price here.</summary>
    /// <remarks>Key <c>currency</c>.</remarks>
    public string? Currency { get; init; }

    /// <summary>How many were bought; the seats of a membership with seats.</summary>
    /// <remarks>Key <c>quantity</c>.</remarks>
    public int? Quantity { get; init; }

    /// <summary>Whether the sale came through Gumroad's own shop.</summary>
    /// <remarks>Key <c>discover_fee_charged</c>.</remarks>
    public bool? DiscoverFeeCharged { get; init; }

    /// <summary>Whether the buyer agreed to be written to.</summary>
    /// <remarks>Key <c>can_contact</c>.</remarks>
    public bool? CanContact { get; init; }

    /// <summary><c>direct</c> or a URL.</summary>
    /// <remarks>Key <c>referrer</c>.</remarks>
    public string? Referrer { get; init; }

    /// <summary>How it was paid.</summary>
    /// <remarks>Key <c>card</c>.</remarks>
    public Card? Card { get; init; }

    /// <summary>The sale's number, below 2^30.</summary>
    /// <remarks>Key <c>order_number</c>.</remarks>
    public long? OrderNumber { get; init; }

    /// <summary>The sale's id; never empty, 1 to 64 of <c>A-Z a-z 0-9 _ = -</c>. A refund or dispute names the sale it is about.</summary>
    /// <remarks>Key <c>sale_id</c>.</remarks>
    public string SaleId { get; init; }

    /// <summary>When it was bought, UTC.</summary>
    /// <remarks>Key <c>sale_timestamp</c>.</remarks>
    public DateTimeOffset? SaleTimestamp { get; init; }

    /// <summary>The buyer's name, if given.</summary>
    /// <remarks>Key <c>full_name</c>.</remarks>
    public string? FullName { get; init; }

    /// <summary>The buyer's account, decimal digits; null without an account.</summary>
    /// <remarks>Key <c>purchaser_id</c>.</remarks>
    public string? PurchaserId { get; init; }

    /// <summary>What an affiliate was credited, in US cents.</summary>
    /// <remarks>Key <c>affiliate_credit_amount_cents</c>.</remarks>
    public long? AffiliateCreditAmountCents { get; init; }

    /// <summary>Query parameters of the product page, of a repeated one the last; null if none. Whoever buys can edit them.</summary>
    /// <remarks>Key <c>url_params</c>.</remarks>
    public IReadOnlyDictionary<string, string>? UrlParams { get; init; }

    /// <summary>Variant category to choice; a membership's tier is <c>Tier</c>, a category without title the empty text. Null if none.</summary>
    /// <remarks>Key <c>variants</c>.</remarks>
    public IReadOnlyDictionary<string, string>? Variants { get; init; }

    /// <summary>The discount code used.</summary>
    /// <remarks>Key <c>offer_code</c>.</remarks>
    public string? OfferCode { get; init; }

    /// <summary>Whether the seller bought their own product.</summary>
    /// <remarks>Key <c>test</c>.</remarks>
    public bool IsTest { get; init; }

    /// <summary>Whether this is a renewal, or an upgrade's charge.</summary>
    /// <remarks>Key <c>is_recurring_charge</c>.</remarks>
    public bool IsRecurringCharge { get; init; }

    /// <summary>Whether nothing was charged yet; the release brings another sale.</summary>
    /// <remarks>Key <c>is_preorder_authorization</c>.</remarks>
    public bool IsPreorderAuthorization { get; init; }

    /// <summary>Where to ship, for physical products.</summary>
    /// <remarks>Key <c>shipping_information</c>.</remarks>
    public ShippingInformation? Shipping { get; init; }

    /// <summary>The country's English name, guessed from the buyer's address.</summary>
    /// <remarks>Key <c>ip_country</c>.</remarks>
    public string? IpCountry { get; init; }

    /// <summary>Whether the quantity counts seats; only with license and subscription.</summary>
    /// <remarks>Key <c>is_multiseat_license</c>.</remarks>
    public bool? IsMultiseatLicense { get; init; }

    /// <summary>Shipping in US cents.</summary>
    /// <remarks>Key <c>shipping_rate</c>.</remarks>
    public long? ShippingRateUsdCents { get; init; }

    /// <summary>The affiliate's e-mail.</summary>
    /// <remarks>Key <c>affiliate</c>.</remarks>
    public string? Affiliate { get; init; }

    /// <summary>Whether somebody else paid; the giver's purchase is never announced.</summary>
    /// <remarks>Key <c>is_gift_receiver_purchase</c>.</remarks>
    public bool? IsGiftReceiverPurchase { get; init; }

    /// <summary>What the giver paid, in US cents.</summary>
    /// <remarks>Key <c>gift_price</c>.</remarks>
    public long? GiftPriceUsdCents { get; init; }

    /// <summary>The giver's e-mail.</summary>
    /// <remarks>Key <c>gifter_email</c>.</remarks>
    public string? GifterEmail { get; init; }

    /// <summary>The SKU, custom if there is one; without SKUs <c>pid_</c> and the product's id.</summary>
    /// <remarks>Key <c>sku_id</c>.</remarks>
    public string? SkuId { get; init; }

    /// <summary>The SKU's own id behind a custom one.</summary>
    /// <remarks>Key <c>original_sku_id</c>.</remarks>
    public string? OriginalSkuId { get; init; }

    /// <summary>True only when fully refunded.</summary>
    /// <remarks>Key <c>refunded</c>.</remarks>
    public bool? Refunded { get; init; }

    /// <summary>Stays true after the dispute is won.</summary>
    /// <remarks>Key <c>disputed</c>.</remarks>
    public bool? Disputed { get; init; }

    /// <summary>Whether the dispute was won.</summary>
    /// <remarks>Key <c>dispute_won</c>.</remarks>
    public bool? DisputeWon { get; init; }
}
