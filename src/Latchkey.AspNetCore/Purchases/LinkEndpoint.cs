using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Purchases;

/// <param name="Parent">The purchase that this one rests on.</param>
/// <param name="Kind"><c>bundle</c> or <c>gift</c>.</param>
internal sealed record LinkBody(
    [property: JsonPropertyName("parent")] string? Parent,
    [property: JsonPropertyName("kind")] string? Kind);

/// <summary>A link that only the seller can tell: from then on a refund or dispute of the parent reaches this purchase. Once more changes nothing.</summary>
internal static class LinkEndpoint
{
    public static void MapLink(this RouteGroupBuilder purchases) => purchases.MapPost("/{id}/link", LinkAsync)
        .RequireScope(Scopes.Write).WithName("LinkPurchase").Accepts<LinkBody>("application/json")
        .Produces<PurchaseReply>().Produces<PurchaseReply>(202).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> LinkAsync(
        string id, HttpContext http, IPurchaseStore purchases, IInboxStore inbox, PurchaseLinking linking, SellerActions actions, TimeProvider time, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.LinkBody);
        if (problem is not null)
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http);
        if (await purchases.FindAsync(tenant.Id, id, http.RequestAborted) is not { } child)
        {
            return Problems.NotFound("purchase");
        }

        if (body!.Kind is not (LinkKinds.Bundle or LinkKinds.Gift))
        {
            return Problems.Invalid("kind", "kind is 'bundle' (this came in the parent) or 'gift' (the parent is the giver's half).");
        }

        if (body.Parent is not { } parent || parent == id || await purchases.FindAsync(tenant.Id, parent, http.RequestAborted) is null)
        {
            return Problems.Invalid("parent", "parent is the id of another purchase of this tenant, which this one rests on.");
        }

        var links = await linking.OfAsync(tenant, child, await inbox.ListByPurchaseAsync(tenant.Id, id, http.RequestAborted), http.RequestAborted);
        if (links.Children.Any(l => l.Child == parent))
        {
            return Problems.Of(409, WebCodes.CannotLink, "That purchase rests on this one already; the two cannot rest on each other.");
        }

        var entry = await linking.LinkAsync(tenant, new LinkNote(body.Kind, parent, id));
        await audit.WriteAsync(http, tenant.Id, "purchase.link", $"{parent} > {id}");
        var folded = await actions.FoldedAsync(tenant.Id, entry, time.GetUtcNow(), http.RequestAborted);
        var after = await purchases.FindAsync(tenant.Id, id, http.RequestAborted) ?? child;
        return await PurchaseEndpoints.ReplyAsync(after, http, inbox, linking, folded is { Status: EntryStatus.Received } ? 202 : 200);
    }
}
