namespace Latchkey.Simulator.Checkout;

/// <content>What the checkout refuses.</content>
internal sealed partial class Ledger
{
    private CheckedOrder Check(BuyOrder order)
    {
        var item = LedgerView.Find(_products, order.Permalink);
        if (item is not { Product: { IsPublished: true } product })
        {
            throw new ArgumentException($"Permalink: there is no product '{order.Permalink}' on sale.");
        }

        CheckBuyer(order, product);
        CheckContents(product);
        var variants = PriceList.Choose(product, order.Variants);
        CheckStock(order, item, variants);
        var recurrence = RecurrenceOf(order, product);
        var asked = PriceList.UnitPriceOf(product, variants, recurrence) * order.Quantity;
        var code = order.OfferCode is { Length: > 0 } typed ? UsableCode(typed, product, order.Quantity) : null;
        return new CheckedOrder
        {
            Order = order,
            Item = item,
            Variants = variants,
            Recurrence = recurrence,
            PriceUsdCents = PriceOf(order, product, PriceList.Discounted(asked, order.Quantity, code?.Code)),
            OfferCode = code,
            Answers = Answers.To(product, order.CustomFields),
            Payer = PayerOf(order),
        };
    }

    private static void CheckBuyer(BuyOrder order, SimulatedProduct product)
    {
        if (order.Quantity < 1)
        {
            throw new ArgumentException($"Quantity: {order.Quantity} cannot be bought; take at least 1.");
        }

        CheckAddress(order.Email, nameof(order.Email));
        CheckAddress(order.Gift is { } gift ? gift.GifterEmail : order.Email, nameof(gift.GifterEmail));
        if (order.Gift is not null && product.ReleaseAt is not null)
        {
            throw new ArgumentException("Gift: a pre-order cannot be given away; leave the gift out or wait for the release.");
        }

        if (product.ShippingRateUsdCents is not null && order.Shipping is null)
        {
            throw new ArgumentException($"Shipping: {product.Name} is shipped; give an address.");
        }
    }

    private void CheckContents(SimulatedProduct bundle)
    {
        if (bundle.BundleContents.FirstOrDefault(permalink => LedgerView.Find(_products, permalink) is not { Product.IsMembership: false }) is { } missing)
        {
            throw new ArgumentException($"Permalink: {bundle.Name} holds '{missing}', which is not there or is a membership; take it out of the bundle.");
        }
    }

    private static void CheckAddress(string? email, string field)
    {
        if (string.IsNullOrWhiteSpace(email) || !email.Contains('@', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{field}: an e-mail address is needed.");
        }
    }

    private void CheckStock(BuyOrder order, ProductRecord item, IReadOnlyDictionary<string, string> variants)
    {
        var product = item.Product;
        Check(product.Name, product.MaxPurchaseCount, _ => true);
        foreach (var (title, name) in variants)
        {
            var choice = product.Variants.First(category => category.Title == title).Choices.First(choice => choice.Name == name);
            Check(name, choice.MaxPurchaseCount, sale => sale.Variants.GetValueOrDefault(title) == name);
        }

        void Check(string what, int? limit, Func<SaleRecord, bool> counts)
        {
            if (limit is { } most && most - SoldOf(item, counts) is var left && left < order.Quantity)
            {
                throw new ArgumentException($"Quantity: only {Math.Max(0, left)} of {what} are left.");
            }
        }
    }

    private int SoldOf(ProductRecord item, Func<SaleRecord, bool> counts) => _sales
        .Where(sale => sale.Item == item && sale is { IsRecurringCharge: false, IsTest: false, Giver: null, PreorderReleased: false } && counts(sale))
        .Sum(sale => sale.Quantity);

    private static string? RecurrenceOf(BuyOrder order, SimulatedProduct product)
    {
        if (order.InInstallments)
        {
            return product.Installments is > 1
                ? Recurrences.Monthly
                : throw new ArgumentException($"InInstallments: {product.Name} is paid at once.");
        }

        return order.Recurrence is null || product.Recurrences.Contains(order.Recurrence)
            ? order.Recurrence ?? product.Recurrence
            : throw new ArgumentException(product.IsMembership
                ? $"Recurrence: {product.Name} is not paid '{order.Recurrence}'; it is {string.Join(", ", product.Recurrences)}."
                : $"Recurrence: {product.Name} is paid once; leave it out.");
    }

    private static int PriceOf(BuyOrder order, SimulatedProduct product, int asked)
    {
        if (order.PriceUsdCents is not { } named || named == asked)
        {
            return asked;
        }

        if (named < asked)
        {
            throw new ArgumentException($"PriceUsdCents: {named} is too little; at least {asked} is asked.");
        }

        return product.IsPayWhatYouWant ? named : throw new ArgumentException($"PriceUsdCents: {product.Name} costs {asked}, no more; leave it out.");
    }

    private Buyer PayerOf(BuyOrder order)
    {
        var email = AddressOf(order.Gift?.GifterEmail ?? order.Email);
        var isTest = order.IsTest || email == AddressOf(_options.SellerEmail);
        var name = string.IsNullOrWhiteSpace(order.FullName) ? order.Shipping?.FullName : order.FullName;
        return new Buyer
        {
            Email = email,
            FullName = string.IsNullOrWhiteSpace(name) || order.Gift is not null ? null : name.Trim(),
            PurchaserId = isTest ? _identities.AccountOf(_options.SellerEmail) : order is { HasAccount: true, Gift: null } ? _identities.AccountOf(email) : null,
            IpCountry = order.IpCountry,
            Referrer = order.Referrer,
            Affiliate = order.Affiliate is { } affiliate ? AddressOf(affiliate) : null,
            PaidBy = order.PaidBy,
            Shipping = order.Shipping,
            CanContact = order.CanContact,
            ThroughDiscover = order.ThroughDiscover,
            IsTest = isTest,
        };
    }

    private static string AddressOf(string email) => email.Trim().ToLowerInvariant();
}
