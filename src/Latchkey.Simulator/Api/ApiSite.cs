using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Api;

/// <summary>Gumroad's v2 API under <c>/v2</c> and <c>/api/v2</c>, and what grants access to it under <c>/oauth</c>. Source: <c>config/routes.rb</c>.</summary>
internal static class ApiSite
{
    public static void Map(IEndpointRouteBuilder routes, GumroadSimulator simulator)
    {
        var details = new ProductDetails();
        var api = new ApiRoutes(routes, simulator, details);
        UserEndpoints.Map(api);
        ProductEndpoints.Map(api);
        OfferCodeEndpoints.Map(api);
        VariantCategoryEndpoints.Map(api);
        VariantEndpoints.Map(api);
        CustomFieldEndpoints.Map(api);
        SkuEndpoints.Map(api);
        SubscriberEndpoints.Map(api);
        SaleEndpoints.Map(api, simulator.Clock);
        ResourceSubscriptionEndpoints.Map(api);
        LicenseEndpoints.Map(api);
        PayoutEndpoints.Map(api);
        api.Otherwise(ApiAnswer.Missing);
        new OAuthEndpoints(simulator).Map(routes);
        ImportEndpoints.Map(routes, simulator, details);
    }
}
