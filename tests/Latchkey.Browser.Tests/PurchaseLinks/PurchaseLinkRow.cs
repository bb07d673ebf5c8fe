namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>Its tests share one shop, and so come one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PurchaseLinkRow : ICollectionFixture<PurchaseShop>
{
    public const string Name = "purchase links";
}
