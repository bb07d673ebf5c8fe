using Latchkey.Simulator.Checkout;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Simulator.Api;

/// <summary>One call of the API.</summary>
/// <param name="Simulator">Whom it asks.</param>
/// <param name="Details">What the API keeps besides the ledger.</param>
/// <param name="Request">The call.</param>
/// <param name="Parameters">Its query and body.</param>
/// <param name="Token">The token, where one is needed.</param>
internal sealed record ApiCall(GumroadSimulator Simulator, ProductDetails Details, HttpRequest Request, Parameters Parameters, AccessToken? Token)
{
    public Ledger Ledger => Simulator.Ledger;

    public SimulatorOptions Options => Simulator.Options;

    public DateTimeOffset Now => Simulator.Clock.GetUtcNow();

    public bool IsNewest => Options.Version is GumroadVersion.Newest;

    /// <summary>The storefront's address as the API names it.</summary>
    public Uri Store => Options.ShopUrl ?? Simulator.Address;

    /// <summary>A part of the path. Kestrel leaves encoded slashes alone; names of fields may hold them.</summary>
    public string Route(string name) => (Request.RouteValues[name] as string ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The product that the path names, unless it is deleted.</summary>
    public ProductRecord? Product() => Ledger.Read(view => view.FindProduct(Route("product"))) is { IsDeleted: false } record ? record : null;
}
