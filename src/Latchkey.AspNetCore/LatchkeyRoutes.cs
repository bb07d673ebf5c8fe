using Latchkey.AspNetCore.Inbox;
using Latchkey.AspNetCore.Leases;
using Latchkey.AspNetCore.Licenses;
using Latchkey.AspNetCore.Mail;
using Latchkey.AspNetCore.Products;
using Latchkey.AspNetCore.PurchaseLinks;
using Latchkey.AspNetCore.Purchases;
using Latchkey.AspNetCore.Subjects;
using Latchkey.AspNetCore.Streams;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore;

/// <summary>Maps Latchkey's routes.</summary>
public static class LatchkeyRoutes
{
    /// <summary>Maps the ping addresses, the apps' and the sellers' API. Pages, metrics and health belong to the host.</summary>
    /// <param name="prefix">Put before every path; none by default.</param>
    public static IEndpointConventionBuilder MapLatchkey(this IEndpointRouteBuilder routes, string prefix = "")
    {
        var group = routes.MapGroup(prefix);
        group.MapPings();
        group.MapScript();
        group.MapGo();
        group.MapWait();

        var v1 = group.MapGroup("/v1");
        v1.AddEndpointFilter(static (context, next) =>
        {
            context.HttpContext.Response.Headers["X-Request-Id"] = context.HttpContext.TraceIdentifier;
            return next(context);
        });
        v1.AnswerStoreTrouble();
        v1.MapTenants();
        var tenant = v1.MapGroup("/tenants/{tenant}");
        tenant.MapIntegration();
        tenant.MapTokens();
        tenant.MapAudit();
        tenant.MapProducts();
        tenant.MapPush();
        tenant.MapRules();
        tenant.MapRulePreview();
        tenant.MapEntries();
        tenant.MapReplay();
        tenant.MapPurchases();
        tenant.MapPurchaseLinks();
        tenant.MapApps();
        tenant.MapLicenses();
        tenant.MapLicenseActs();
        tenant.MapEntitlements();
        tenant.MapKeysets();
        tenant.MapMails();
        tenant.MapStreams();
        return group;
    }
}
