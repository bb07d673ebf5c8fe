using System.Text.Json.Nodes;
using Latchkey.Simulator.Clock;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <summary>Who bought what. Every change announces itself as Gumroad would; see the other parts for what follows a purchase.</summary>
/// <remarks>
/// Safe for concurrent use. Unknown ids throw <see cref="KeyNotFoundException"/>, what the state forbids throws
/// <see cref="InvalidOperationException"/>, and wrong input an <see cref="ArgumentException"/> that names the field and how to mend it.
/// </remarks>
internal sealed partial class Ledger
{
    private readonly Lock _gate = new();
    private readonly SimulatorOptions _options;
    private readonly IIdentities _identities;
    private readonly Timeline _timeline;
    private readonly TimeProvider _time;
    private readonly Courier _courier;
    private readonly List<ProductRecord> _products = [];
    private readonly List<OfferCodeRecord> _offerCodes = [];
    private readonly List<SaleRecord> _sales = [];
    private readonly Dictionary<string, SaleRecord> _salesById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SubscriptionRecord> _subscriptions = new(StringComparer.Ordinal);
    private readonly LedgerView _view;
    private SaleRecord? _latest;

    /// <param name="store">The storefront's address; asked only once something was sold.</param>
    public Ledger(SimulatorOptions options, IIdentities identities, TimeProvider time, Timeline timeline, Courier courier, Func<Uri> store)
    {
        _options = options;
        _identities = identities;
        _time = time;
        _timeline = timeline;
        _courier = courier;
        Shop = new Shop(options.SellerId, store, identities);
        _view = new LedgerView(_products, _sales, _salesById, _subscriptions, _offerCodes);
        foreach (var product in options.Products)
        {
            AddProduct(product);
        }

        foreach (var code in options.OfferCodes)
        {
            AddOfferCode(code);
        }
    }

    public Shop Shop { get; }

    private DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Looks at everything at one moment.</summary>
    public T Read<T>(Func<LedgerView, T> look)
    {
        lock (_gate)
        {
            return look(_view);
        }
    }

    private SaleRecord Get(string saleId) =>
        _salesById.GetValueOrDefault(saleId) ?? throw new KeyNotFoundException("There is no such sale.");

    private void Keep(SaleRecord sale)
    {
        _latest = sale;
        _sales.Add(sale);
        _salesById.Add(sale.SaleId, sale);
    }

    // The snapshot is taken under the lock when the delay is over, from the sale as it is by then.
    private void AnnounceSale(SaleRecord sale, string resource, TimeSpan delay, bool isFirst = false)
    {
        var withUrlParams = KeepsUrlParams(sale, isFirst);
        _courier.Schedule(resource, delay, Locked(() => SalePayload.Of(sale, resource, Shop, withUrlParams)));
    }

    private void AnnounceSubscription(string resource, Func<JsonObject?> snapshot) =>
        _courier.Schedule(resource, Pace.AfterOthers, Locked(snapshot));

    // The older Gumroad did not store them, so that only the first ping had them, and none after PayPal's later completion.
    private bool KeepsUrlParams(SaleRecord sale, bool isFirst) => !_options.LosesUrlParams
        && (_options.Version is not GumroadVersion.April2025 || (isFirst && sale.PaidBy is not PaymentMethod.PayPal));

    private Func<JsonObject?> Locked(Func<JsonObject?> snapshot) => () =>
    {
        lock (_gate)
        {
            return snapshot();
        }
    };

    private void At(DateTimeOffset due, Action change) => _timeline.At(due, _ =>
    {
        lock (_gate)
        {
            change();
        }

        return Task.CompletedTask;
    });
}
