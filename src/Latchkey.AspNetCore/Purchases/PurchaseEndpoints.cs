using Latchkey.AspNetCore.Web;
using Latchkey.Inbox;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Purchases;

/// <summary>Purchases: facts, money, and what happened when.</summary>
internal static class PurchaseEndpoints
{
    public static void MapPurchases(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/purchases").WithTags("Purchases");
        group.MapGet("", ListAsync).RequireScope(Scopes.Read).WithName("ListPurchases").Produces<Page<PurchaseReply>>();
        group.MapGet("/{id}", GetAsync).RequireScope(Scopes.Read).WithName("GetPurchase").Produces<PurchaseReply>().ProducesProblem(404);
        group.MapLink();
    }

    private static async Task<IResult> ListAsync(HttpContext http, IPurchaseStore purchases) =>
        PageQuery.TryRead(http, out var page, out var problem)
            ? WebJson.Ok(
                page.Cut(await purchases.ListAsync(Caller.TenantOf(http).Id, page.After, page.Fetch, http.RequestAborted), p => p.Id, PurchaseReply.Of),
                WebJson.Default.PagePurchaseReply)
            : problem;

    private static async Task<IResult> GetAsync(string id, HttpContext http, IPurchaseStore purchases, IInboxStore inbox, PurchaseLinking linking) =>
        await purchases.FindAsync(Caller.TenantOf(http).Id, id, http.RequestAborted) is { } found
            ? await ReplyAsync(found, http, inbox, linking)
            : Problems.NotFound("purchase");

    public static async Task<IResult> ReplyAsync(Purchase purchase, HttpContext http, IInboxStore inbox, PurchaseLinking linking, int status = 200)
    {
        var tenant = Caller.TenantOf(http);
        var entries = await inbox.ListByPurchaseAsync(tenant.Id, purchase.Id, http.RequestAborted);
        var links = await linking.OfAsync(tenant, purchase, entries, http.RequestAborted);
        var words = new EntryWords(tenant, entries);
        var timeline = entries.Where(e => e.Source != EntrySource.Baked)
            .Select(e => new TimelineReply(e.ReceivedAt, e.Resource ?? e.Source.ToString().ToLowerInvariant(), words.Of(e), e.Id));
        return WebJson.Ok(PurchaseReply.Of(purchase).With(links) with { Timeline = [.. timeline] }, WebJson.Default.PurchaseReply, status);
    }
}
