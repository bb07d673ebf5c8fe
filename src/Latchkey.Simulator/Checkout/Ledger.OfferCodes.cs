namespace Latchkey.Simulator.Checkout;

/// <content>Discount codes.</content>
internal sealed partial class Ledger
{
    /// <exception cref="ArgumentException">It exists, or does not say what it takes off.</exception>
    public OfferCodeRecord AddOfferCode(SimulatedOfferCode code)
    {
        lock (_gate)
        {
            if (code.Code.Length == 0 || !code.Code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
            {
                throw new ArgumentException($"Code: '{code.Code}' must be letters, digits, - and _.");
            }

            if (_offerCodes.Exists(other => !other.IsDeleted && IsSame(other, code.Code)))
            {
                throw new ArgumentException($"Code: '{code.Code}' exists; take another one.");
            }

            if (code.PercentOff is null == code.AmountOffUsdCents is null || code is { PercentOff: < 0 or > 100 } or { AmountOffUsdCents: < 1 })
            {
                throw new ArgumentException("PercentOff, AmountOffUsdCents: give one of them, 0 to 100 percent or at least 1 cent.");
            }

            var record = new OfferCodeRecord(_identities.NewId(), code);
            _offerCodes.Add(record);
            return record;
        }
    }

    /// <summary>Allows more or fewer; null for any number.</summary>
    public OfferCodeRecord ChangeOfferCode(string id, int? maxPurchaseCount)
    {
        lock (_gate)
        {
            var record = OfferCode(id);
            record.Code = record.Code with { MaxPurchaseCount = maxPurchaseCount };
            return record;
        }
    }

    public void DeleteOfferCode(string id)
    {
        lock (_gate)
        {
            OfferCode(id).IsDeleted = true;
        }
    }

    private OfferCodeRecord OfferCode(string id) =>
        _offerCodes.Find(code => !code.IsDeleted && code.Id == id) ?? throw new KeyNotFoundException("There is no such offer code.");

    private OfferCodeRecord UsableCode(string typed, SimulatedProduct product, int quantity)
    {
        var record = _offerCodes.Find(code => !code.IsDeleted && IsSame(code, typed.Trim()));
        if (record is null || (record.Code.Permalinks.Count > 0 && !record.Code.Permalinks.Contains(product.Permalink)))
        {
            throw new ArgumentException($"OfferCode: '{typed}' is not good for {product.Name}; leave it out or take another one.");
        }

        return record.Code.MaxPurchaseCount is { } most && record.TimesUsed + quantity > most
            ? throw new ArgumentException($"OfferCode: '{typed}' is good for {Math.Max(0, most - record.TimesUsed)} more; take fewer or leave it out.")
            : record;
    }

    private static bool IsSame(OfferCodeRecord record, string code) => record.Code.Code.Equals(code, StringComparison.OrdinalIgnoreCase);
}
