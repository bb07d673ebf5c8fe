namespace Latchkey.Simulator.Checkout;

/// <summary>Where ids, order numbers and license keys come from. Called under the ledger's lock only.</summary>
internal interface IIdentities
{
    string NewSaleId();

    /// <summary>The number of the sale whose id was drawn last, below 2^30.</summary>
    int NewOrderNumber();

    string NewSubscriptionId();

    string NewLicenseKey();

    /// <summary>For everything else that has an id: licenses, offer codes.</summary>
    string NewId();

    /// <summary>The Gumroad account with this address: the same decimal text every time.</summary>
    string AccountOf(string email);

    /// <summary>A tier's id, the same every time.</summary>
    string TierOf(SimulatedProduct product, string tier);

    /// <summary>The id behind a stock-keeping unit, the same every time.</summary>
    string SkuOf(SimulatedProduct product, string choice);
}
