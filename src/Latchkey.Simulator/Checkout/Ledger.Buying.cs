using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Checkout;

/// <content>What buyers do at the checkout.</content>
internal sealed partial class Ledger
{
    /// <summary>Buys one product: a purchase, a membership, a bundle with all in it, or an authorization for later.</summary>
    /// <exception cref="ArgumentException">The order cannot be carried out; the message names the field.</exception>
    public SimulatedSale Buy(BuyOrder order)
    {
        lock (_gate)
        {
            var checkedOrder = Check(order);
            var isPreorder = checkedOrder.Product.ReleaseAt is { } release && release > Now;
            var sale = order.Gift is null ? SaleOf(checkedOrder, isPreorder) : GiftOf(checkedOrder);
            if (checkedOrder.OfferCode is { } code && !sale.IsTest)
            {
                code.TimesUsed += order.Quantity;
            }

            if (checkedOrder.Recurrence is not null)
            {
                StartSubscription(sale, checkedOrder);
            }

            Complete(sale);
            return sale.ToSale();
        }
    }

    private SaleRecord SaleOf(CheckedOrder order, bool isPreorder) => new()
    {
        Item = order.Item,
        SaleId = _identities.NewSaleId(),
        OrderNumber = _identities.NewOrderNumber(),
        At = Now,
        Buyer = order.Payer,
        Quantity = order.Order.Quantity,
        PriceUsdCents = order.Order.InInstallments ? FirstInstallment(order) : order.PriceUsdCents,
        IsPreorderAuthorization = isPreorder,
        Variants = order.Variants,
        UrlParams = UrlParameters.Of(order.Order),
        CustomFields = order.Answers.Values,
        BooleanFields = order.Answers.Booleans,
        OfferCode = order.OfferCode,
    };

    /// <summary>Everything a purchase brings with it once it is made: its key, its place in the book, its ping, the products of a bundle.</summary>
    private void Complete(SaleRecord sale)
    {
        if (!sale.IsPreorderAuthorization)
        {
            GiveKey(sale);
        }

        Keep(sale);
        AnnounceSale(sale, PingResources.Sale, Pace.AfterSale, isFirst: true);
        if (!sale.IsPreorderAuthorization && sale.Bundle is null)
        {
            Unpack(sale);
        }
    }

    private void GiveKey(SaleRecord sale)
    {
        if (sale.Product.IsLicensed)
        {
            sale.License = NewLicense();
        }
    }

    private LicenseRecord NewLicense() => new(_identities.NewId(), _identities.NewLicenseKey());

    // A purchase of its own for each product, at no price. Nothing in their pings names the bundle.
    private void Unpack(SaleRecord bundle)
    {
        foreach (var item in ContentsOf(bundle.Product))
        {
            Complete(new SaleRecord
            {
                Item = item,
                SaleId = _identities.NewSaleId(),
                OrderNumber = _identities.NewOrderNumber(),
                At = Now,
                Buyer = bundle.Buyer with { Affiliate = null, ThroughDiscover = false },
                Quantity = bundle.Quantity,
                PriceUsdCents = 0,
                Variants = PriceList.Choose(item.Product, new Dictionary<string, string>()),
                Bundle = bundle,
            });
        }
    }

    // What was deleted since is not delivered.
    private IEnumerable<ProductRecord> ContentsOf(SimulatedProduct bundle) =>
        bundle.BundleContents.Select(permalink => LedgerView.Find(_products, permalink)).OfType<ProductRecord>();

    /// <summary>The receiver's half, with the giver's in it, which no ping announces.</summary>
    private SaleRecord GiftOf(CheckedOrder order)
    {
        var paid = SaleOf(order, isPreorder: false);
        var gift = new SaleRecord
        {
            Item = order.Item,
            SaleId = _identities.NewSaleId(),
            OrderNumber = _identities.NewOrderNumber(),
            At = Now,
            Buyer = order.Payer with
            {
                Email = AddressOf(order.Order.Email),
                FullName = string.IsNullOrWhiteSpace(order.Order.FullName) ? null : order.Order.FullName.Trim(),
                PurchaserId = order.Order.HasAccount ? _identities.AccountOf(AddressOf(order.Order.Email)) : null,
                Affiliate = null,
            },
            Quantity = paid.Quantity,
            PriceUsdCents = 0,
            Variants = paid.Variants,
            UrlParams = paid.UrlParams,
            CustomFields = paid.CustomFields,
            BooleanFields = paid.BooleanFields,
            Giver = paid,
        };
        paid.Giftee = gift;
        Keep(paid);
        return gift;
    }
}
