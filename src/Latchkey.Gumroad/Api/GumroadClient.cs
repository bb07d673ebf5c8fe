namespace Latchkey.Gumroad.Api;

/// <summary>Gumroad's v2 API. Make one and keep it: it is safe to use from many threads.</summary>
/// <remarks>
/// <para>What Gumroad sent empty, as null or not at all is null here; keys it adds later are ignored.</para>
/// <para>
/// Calls that may be repeated without harm are, with growing random pauses: after 429, 502, 503, 504, a lost connection or a time-out,
/// and those that only read after 500 too. Refunds, rotations, receipts, everything that creates, and a verification that counts a use are sent once.
/// </para>
/// <para>Every failure is a <see cref="GumroadException"/>; its message says what to do and holds no token, key, address or e-mail.</para>
/// <para>Source of every fact about Gumroad here: its public server code, the repository <c>antiwork/gumroad</c>.</para>
/// </remarks>
public sealed class GumroadClient : IDisposable
{
    private readonly GumroadTransport _transport;

    /// <summary>Makes a client for one access token.</summary>
    /// <exception cref="ArgumentException">The token is empty or has characters no token has.</exception>
    public GumroadClient(string accessToken)
        : this(WithToken(accessToken))
    {
    }

    /// <summary>Makes a client.</summary>
    /// <exception cref="ArgumentException">An option cannot be used; the message says which.</exception>
    public GumroadClient(GumroadClientOptions options)
        : this(GumroadTransport.Of(options))
    {
    }

    /// <summary>Makes a client that sends through yours, as from <c>IHttpClientFactory</c>; it is not disposed.</summary>
    /// <param name="http">Its own time limit and base address are left alone; it should not follow redirects.</param>
    /// <param name="options"><see cref="GumroadClientOptions.Handler"/> is not used.</param>
    /// <exception cref="ArgumentException">An option cannot be used; the message says which.</exception>
    public GumroadClient(HttpClient http, GumroadClientOptions options)
        : this(GumroadTransport.Of(http, options))
    {
    }

    private GumroadClient(GumroadTransport transport)
    {
        _transport = transport;
        User = new(transport);
        Products = new(transport);
        OfferCodes = new(transport);
        VariantCategories = new(transport);
        Variants = new(transport);
        CustomFields = new(transport);
        Skus = new(transport);
        Sales = new(transport);
        Subscribers = new(transport);
        ResourceSubscriptions = new(transport);
        Licenses = new(transport);
        Payouts = new(transport);
    }

    /// <summary>Whose token it is.</summary>
    public UserApi User { get; }

    /// <summary>Products.</summary>
    public ProductsApi Products { get; }

    /// <summary>Discount codes of a product.</summary>
    public OfferCodesApi OfferCodes { get; }

    /// <summary>What a product's variants are about, as in "Edition".</summary>
    public VariantCategoriesApi VariantCategories { get; }

    /// <summary>The choices in a variant category.</summary>
    public VariantsApi Variants { get; }

    /// <summary>What a product asks at checkout.</summary>
    public CustomFieldsApi CustomFields { get; }

    /// <summary>A product's stock-keeping units.</summary>
    public SkusApi Skus { get; }

    /// <summary>Sales.</summary>
    public SalesApi Sales { get; }

    /// <summary>Who subscribes to a membership.</summary>
    public SubscribersApi Subscribers { get; }

    /// <summary>Where Gumroad posts pings to.</summary>
    public ResourceSubscriptionsApi ResourceSubscriptions { get; }

    /// <summary>License keys.</summary>
    public LicensesApi Licenses { get; }

    /// <summary>What Gumroad paid out.</summary>
    public PayoutsApi Payouts { get; }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private static GumroadClientOptions WithToken(string accessToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(accessToken);
        return new GumroadClientOptions { AccessToken = accessToken };
    }
}
