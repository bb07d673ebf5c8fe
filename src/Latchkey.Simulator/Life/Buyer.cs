namespace Latchkey.Simulator.Life;

/// <summary>One buyer: what is bought, and what becomes of it.</summary>
internal sealed class Buyer
{
    private readonly LifeScript _script;
    private readonly IReadOnlyList<SimulatedProduct> _products;
    private readonly Dice _dice;
    private readonly OrderPad _orders;

    public Buyer(LifeScript script, ShopLife life, int number, IReadOnlyList<SimulatedProduct> products, IReadOnlyList<SimulatedOfferCode> codes)
    {
        _script = script;
        _products = products;
        _dice = new Dice(life.Seed, number);
        _orders = new OrderPad(_dice, number, codes);
    }

    private GumroadSimulator Gumroad => _script.Gumroad;

    /// <summary>Comes to the shop on one of the days.</summary>
    public void Arrive(int days)
    {
        var first = _script.Now + _dice.Days(0, days);
        _script.At(first, BuyAsync);
        if (_dice.Chance(.2))
        {
            _script.At(first + _dice.Days(1, 200), BuyAsync);
        }
    }

    private async Task BuyAsync(CancellationToken ct)
    {
        var product = _dice.Pick(_products);
        var order = _orders.Fill(product, _script.Now);
        var sale = await Gumroad.BuyAsync(order, ct);
        Count(product, order, sale);
        if (product.IsMembership && sale.SubscriptionId is { } member)
        {
            new Member(_script, _dice, product, member).Live();
        }

        if (sale is { PriceUsdCents: > 0, IsPreorderAuthorization: false } or { IsGift: true })
        {
            PlanMoneyBack(sale);
        }

        if (_dice.Chance(.04))
        {
            _script.At(_script.Now + _dice.Days(1, 20), async late =>
            {
                await Gumroad.ResendPingAsync(sale.SaleId, late);
                _script.Count(LifeEvents.Resends);
            });
        }
    }

    private void PlanMoneyBack(SimulatedSale sale)
    {
        if (_dice.Chance(.05))
        {
            _script.At(_script.Now + _dice.Days(0, 30), ct => RefundAsync(sale.SaleId, ct));
        }

        if (sale.PriceUsdCents > 100 && _dice.Chance(.06))
        {
            _script.At(_script.Now + _dice.Days(0, 30), ct => RefundPartAsync(sale, ct));
        }

        if (_dice.Chance(.04))
        {
            _script.At(_script.Now + _dice.Days(5, 60), ct => DisputeAsync(sale.SaleId, ct));
        }
    }

    private async Task RefundAsync(string saleId, CancellationToken ct)
    {
        await Gumroad.RefundAsync(saleId, ct);
        _script.Count(LifeEvents.FullRefunds);
    }

    private async Task RefundPartAsync(SimulatedSale sale, CancellationToken ct)
    {
        var left = sale.PriceUsdCents - Gumroad.FindSale(sale.SaleId)!.RefundedUsdCents;
        var back = await Gumroad.PartialRefundAsync(sale.SaleId, _dice.Between(1, Math.Max(1, left / 2)), ct);
        _script.Count(back.Refunded ? LifeEvents.FullRefunds : LifeEvents.PartialRefunds);
        if (_dice.Chance(.4))
        {
            _script.At(_script.Now + _dice.Days(0, 10), late => _dice.Chance(.5) ? RefundAsync(sale.SaleId, late) : RefundPartAsync(sale, late));
        }
    }

    private async Task DisputeAsync(string saleId, CancellationToken ct)
    {
        await Gumroad.DisputeAsync(saleId, ct);
        _script.Count(LifeEvents.Disputes);
        if (_dice.Chance(.4))
        {
            _script.At(_script.Now + _dice.Days(10, 60), async late =>
            {
                await Gumroad.WinDisputeAsync(saleId, late);
                _script.Count(LifeEvents.DisputesWon);
            });
        }
    }

    private void Count(SimulatedProduct product, BuyOrder order, SimulatedSale sale)
    {
        _script.Count(LifeEvents.Sales);
        _script.CountIf(order.OfferCode is not null, LifeEvents.Discounts);
        _script.CountIf(order.Quantity > 1, LifeEvents.Quantities);
        _script.CountIf(order.UrlParams.Count > 0, LifeEvents.UrlParams);
        _script.CountIf(order.CustomFields.Count > 0, LifeEvents.CustomFields);
        _script.CountIf(order.PriceUsdCents is not null, LifeEvents.NamedPrices);
        _script.CountIf(sale.IsGift, LifeEvents.Gifts);
        _script.CountIf(product.BundleContents.Count > 0, LifeEvents.Bundles);
        _script.CountIf(sale.IsPreorderAuthorization, LifeEvents.Preorders);
        _script.CountIf(order.InInstallments, LifeEvents.InstallmentPlans);
        _script.CountIf(sale.IsTest, LifeEvents.Tests);
        _script.CountIf(product.IsMembership, LifeEvents.Memberships);
        _script.CountIf(product is { IsMembership: true, FreeTrialDays: not null }, LifeEvents.FreeTrials);
    }
}
