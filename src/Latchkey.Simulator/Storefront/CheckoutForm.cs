namespace Latchkey.Simulator.Storefront;

/// <summary>The checkout's form as typed, so that it can be shown again. What it may say is the ledger's business.</summary>
internal sealed partial record CheckoutForm
{
    public string Email { get; init; } = "";

    public string FullName { get; init; } = "";

    public string Quantity { get; init; } = "1";

    /// <summary>Dollars, where the buyer names the price.</summary>
    public string Price { get; init; } = "";

    public string Recurrence { get; init; } = "";

    public string OfferCode { get; init; } = "";

    /// <summary>One for each of the product's variant categories.</summary>
    public IReadOnlyList<string> Variants { get; init; } = [];

    /// <summary>One for each of the product's own fields.</summary>
    public IReadOnlyList<string> CustomFields { get; init; } = [];

    public ShippingAddress Shipping { get; init; } = new();

    public bool InInstallments { get; init; }

    /// <summary>Whether <see cref="Email"/> pays for <see cref="GifteeEmail"/>.</summary>
    public bool IsGift { get; init; }

    public string GifteeEmail { get; init; } = "";

    public bool PaysByPayPal { get; init; }

    public bool HasAccount { get; init; }

    public bool IsTest { get; init; }

    public bool ThroughDiscover { get; init; }

    public bool CanContact { get; init; } = true;

    public string Affiliate { get; init; } = "";

    public string Referrer { get; init; } = "direct";

    public string IpCountry { get; init; } = "";

    public IReadOnlyDictionary<string, string> UrlParams { get; init; } = new Dictionary<string, string>();

    /// <exception cref="ArgumentException">A price or quantity that is none.</exception>
    public BuyOrder ToOrder(SimulatedProduct product) => new()
    {
        Permalink = product.Permalink,
        Email = IsGift ? GifteeEmail : Email,
        FullName = FullName,
        Quantity = Number(Quantity) ?? throw new ArgumentException($"The {(product.IsMultiseat ? "number of seats" : "quantity")} must be a number, 1 or more."),
        Variants = ByName(product.Variants.Select(category => category.Title), Variants),
        UrlParams = UrlParams,
        CustomFields = ByName(product.CustomFields.Select(field => field.Name), CustomFields),
        OfferCode = OrNull(OfferCode),
        PriceUsdCents = product.IsPayWhatYouWant && Price.Length > 0
            ? Words.Cents(Price) ?? throw new ArgumentException("The price must be dollars, such as 5 or 7.50.")
            : null,
        Recurrence = OrNull(Recurrence),
        InInstallments = InInstallments,
        PaidBy = PaysByPayPal ? PaymentMethod.PayPal : PaymentMethod.Card,
        Shipping = product.ShippingRateUsdCents is null ? null : Shipping,
        Referrer = OrNull(Referrer),
        ThroughDiscover = ThroughDiscover,
        Affiliate = OrNull(Affiliate),
        CanContact = CanContact,
        IsTest = IsTest,
        HasAccount = HasAccount,
        IpCountry = OrNull(IpCountry),
        Gift = IsGift ? new Gift(Email) : null,
    };

    // Names may repeat, as the seller chooses them; the last one stands.
    private static Dictionary<string, string> ByName(IEnumerable<string> names, IReadOnlyList<string> values)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in names.Zip(values))
        {
            map[name] = value;
        }

        return map;
    }

    /// <summary>What the ledger refused, in the words of the form: it names the fields of an order.</summary>
    public string Explain(ArgumentException refusal)
    {
        var sentence = Words.Sentence(refusal);
        (string Field, string Label)[] labels =
        [
            ("Email", IsGift ? "Receiver's address" : "E-mail"), ("GifterEmail", "E-mail"), ("PriceUsdCents", "Your price, in cents"),
            ("OfferCode", "Discount code"), ("CustomFields", "Questions"), ("Recurrence", "How often"), ("InInstallments", "Installments"),
        ];
        var (field, label) = labels.FirstOrDefault(each => sentence.StartsWith(each.Field + ":", StringComparison.Ordinal));
        return field is null ? sentence : label + sentence[field.Length..];
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
