using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>The seller says that a purchase is a link's own, whatever was decided about it. Once more changes nothing.</summary>
internal static class AcceptEndpoint
{
    public static void MapAccept(this RouteGroupBuilder links) => links.MapPost("/{id}/accept", AcceptAsync)
        .RequireScope(Scopes.Links).WithName("AcceptForPurchaseLink").Accepts<AcceptBody>("application/json")
        .Produces<PurchaseLinkReply>().Produces<PurchaseLinkReply>(202).ProducesProblem(404).ProducesProblem(409);

    private static async Task<IResult> AcceptAsync(
        string id, HttpContext http, IPurchaseLinkStore links, IPurchaseStore purchases, IInboxStore inbox, PurchaseLinkReplies replies, SellerActions actions,
        FoldSignal folds, LinkChoreSignal chores, TimeProvider time, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, PurchaseLinkJson.Default.AcceptBody);
        if (problem is not null)
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http);
        if (body!.Purchase is not { } named || await purchases.FindAsync(tenant.Id, named, http.RequestAborted) is not { } purchase)
        {
            return await links.FindAsync(tenant.Id, id, http.RequestAborted) is null
                ? Problems.NotFound("purchase link")
                : Problems.Invalid("purchase", "purchase is the id of a purchase of this tenant, which is to be this link's.");
        }

        if (OtherLinkOf(tenant, await inbox.ListByPurchaseAsync(tenant.Id, named, http.RequestAborted), id) is { } other)
        {
            return Problems.Of(409, LinkReasons.AlreadyUsed, $"This purchase has redeemed the link {other}; a purchase redeems one.");
        }

        while (true)
        {
            if (await links.FindAsync(tenant.Id, id, http.RequestAborted) is not { } link)
            {
                return Problems.NotFound("purchase link");
            }

            if (link.State == LinkState.Redeemed && link.Purchase == named)
            {
                return await ReplyAsync(link, 200);
            }

            if (link.State is LinkState.Redeemed or LinkState.Cancelled)
            {
                return Problems.Of(
                    409, link.State == LinkState.Redeemed ? LinkReasons.AlreadyUsed : LinkReasons.Cancelled,
                    link.State == LinkState.Redeemed ? $"This link was used by the purchase {link.Purchase}." : "This link was cancelled; make another one.");
            }

            var decision = Redeeming.Accept(tenant, link, purchase, time.GetUtcNow());
            if (!await links.AcceptAsync(decision.Link!, decision.Note.Entry, CancellationToken.None))
            {
                continue; // somebody was quicker, perhaps a sale
            }

            folds.Poke();
            chores.Poke();
            await audit.WriteAsync(http, tenant.Id, "purchase_link.accept", $"{id} > {named}");
            var folded = await actions.FoldedAsync(tenant.Id, decision.Note.Entry.Id, time.GetUtcNow(), http.RequestAborted);
            return await ReplyAsync(await links.FindAsync(tenant.Id, id, http.RequestAborted) ?? link, folded is { Status: EntryStatus.Received } ? 202 : 200);
        }

        async Task<IResult> ReplyAsync(PurchaseLink link, int status) =>
            WebJson.Ok(await replies.OfAsync(tenant, link, http.RequestAborted), PurchaseLinkJson.Default.PurchaseLinkReply, status);
    }

    private static string? OtherLinkOf(TenantContext tenant, IReadOnlyList<Entry> entries, string link) => entries
        .Where(e => e.Source == EntrySource.Redemption)
        .Select(e => ((Translation.OfRedemption)Translator.Translate(tenant, e)).Redemption)
        .FirstOrDefault(r => r.Refused is null && r.Link != link)?.Link;
}
