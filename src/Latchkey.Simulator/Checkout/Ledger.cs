using System.Text.Json.Nodes;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <summary>Who bought what. Every change announces itself as Gumroad would; see the other parts for what follows a purchase.</summary>
internal sealed partial class Ledger(SimulatorOptions options, Courier courier, Func<Uri> store)
{
    // Gumroad's checkout keeps these parameters of the product page to itself.
    private static readonly HashSet<string> OwnParams = new(StringComparer.Ordinal)
    {
        "product", "option", "recurrence", "quantity", "price", "recommended_by", "affiliate_id", "referrer", "rent", "recommender_model_name",
        "call_start_time", "pay_in_installments", "code", "wanted", "email", "as_modal", "as_embed", "debug",
    };

    private readonly Lock _gate = new();
    private readonly Identities _identities = new(options.Seed);
    private readonly List<SaleRecord> _sales = [];
    private readonly Dictionary<string, SubscriptionRecord> _subscriptions = new(StringComparer.Ordinal);

    private DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    public SimulatedProduct? FindProduct(string permalink) => options.Products.FirstOrDefault(product => product.Permalink == permalink);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SimulatedSale> Sales()
    {
        lock (_gate)
        {
            return [.. _sales.Select(sale => sale.ToSale())];
        }
    }

    public SimulatedSale? FindSale(string saleId)
    {
        lock (_gate)
        {
            return _sales.Find(sale => sale.SaleId == saleId)?.ToSale();
        }
    }

    public SimulatedSale Buy(BuyOrder order)
    {
        var product = FindProduct(order.Permalink) ?? throw new ArgumentException($"There is no product '{order.Permalink}'.", nameof(order));
        ArgumentOutOfRangeException.ThrowIfLessThan(order.Quantity, 1, nameof(order));
        ArgumentException.ThrowIfNullOrWhiteSpace(order.Email, nameof(order));
        var variants = PriceList.Choose(product, order.Variants);
        var price = order.PriceUsdCents ?? PriceList.UnitPriceOf(product, variants) * order.Quantity;
        lock (_gate)
        {
            var sale = Record(order, product, variants, price);
            if (product.Recurrence is not null)
            {
                StartSubscription(sale, price);
            }

            _sales.Add(sale);
            AnnounceSale(sale, PingResources.Sale, Pace.AfterSale);
            return sale.ToSale();
        }
    }

    /// <summary>The seller's button: a fresh <c>sale</c> ping at once.</summary>
    public void Resend(string saleId)
    {
        lock (_gate)
        {
            AnnounceSale(Get(saleId), PingResources.Sale, TimeSpan.Zero);
        }
    }

    /// <summary>What the test button sends: the latest sale.</summary>
    public JsonObject TestPing()
    {
        lock (_gate)
        {
            return _sales.Count > 0
                ? SalePayload.OfTestPing(_sales[^1], options.SellerId, store())
                : throw new InvalidOperationException("A test ping repeats the latest sale, and there is none yet.");
        }
    }

    private SaleRecord Record(BuyOrder order, SimulatedProduct product, IReadOnlyDictionary<string, string> variants, int price) => new()
    {
        Product = product,
        SaleId = _identities.NewId(),
        OrderNumber = _identities.NewOrderNumber(),
        At = Now,
        Email = Address(order.Email),
        FullName = string.IsNullOrWhiteSpace(order.FullName) ? null : order.FullName.Trim(),
        PurchaserId = order.IsTest ? StableIds.Account(options.SellerId) : order.HasAccount ? StableIds.Account(Address(order.Email)) : null,
        Quantity = order.Quantity,
        PriceUsdCents = order.Gift is null ? price : 0,
        Variants = variants,
        UrlParams = order.UrlParams.Where(pair => !OwnParams.Contains(pair.Key)).ToDictionary(),
        CustomFields = order.CustomFields.ToDictionary(pair => pair.Key, pair => Squeeze(pair.Value)),
        OfferCode = order.OfferCode,
        IpCountry = order.IpCountry,
        IsTest = order.IsTest,
        LicenseKey = product.IsLicensed ? _identities.NewLicenseKey() : null,
        Giver = order.Gift is { } gift ? GiverOf(gift, order, product, variants, price) : null,
    };

    private SaleRecord GiverOf(Gift gift, BuyOrder order, SimulatedProduct product, IReadOnlyDictionary<string, string> variants, int price) => new()
    {
        Product = product,
        SaleId = _identities.NewId(),
        OrderNumber = _identities.NewOrderNumber(),
        At = Now,
        Email = Address(gift.GifterEmail),
        Quantity = order.Quantity,
        PriceUsdCents = price,
        Variants = variants,
        IpCountry = order.IpCountry,
        IsTest = order.IsTest,
    };

    private SaleRecord Get(string saleId) =>
        _sales.Find(sale => sale.SaleId == saleId) ?? throw new KeyNotFoundException("There is no such sale.");

    // The snapshot is taken under the lock when the delay is over, from the sale as it is by then.
    private void AnnounceSale(SaleRecord sale, string resource, TimeSpan delay) =>
        courier.Schedule(resource, delay, Locked(() => SalePayload.Of(sale, resource, options.SellerId, store())));

    private void AnnounceSubscription(string resource, Func<JsonObject?> snapshot) =>
        courier.Schedule(resource, Pace.AfterOthers, Locked(snapshot));

    private Func<JsonObject?> Locked(Func<JsonObject?> snapshot) => () =>
    {
        lock (_gate)
        {
            return snapshot();
        }
    };

    private static string Address(string email) => email.Trim().ToLowerInvariant();

    private static string Squeeze(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim();
}
