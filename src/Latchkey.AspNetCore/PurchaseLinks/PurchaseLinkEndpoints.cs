using System.Text.Json;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Contracts.Api;
using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Links for one purchase each, for the seller's backend.</summary>
internal static class PurchaseLinkEndpoints
{
    private const int MostLookedAt = 1000;

    public static void MapPurchaseLinks(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/purchase-links").WithTags("Purchase links");
        group.MapPost("", CreateAsync).RequireScope(Scopes.Links).WithName("CreatePurchaseLink").Accepts<PurchaseLinkBody>("application/json")
            .Produces<PurchaseLinkReply>(201).ProducesProblem(400).ProducesProblem(422).ProducesProblem(502);
        group.MapGet("", ListAsync).RequireScope(Scopes.Links).WithName("ListPurchaseLinks").Produces<Page<PurchaseLinkReply>>();
        group.MapGet("/not-removed", ListNotRemovedAsync).RequireScope(Scopes.Links).WithName("ListLinksNotRemoved").Produces<Page<PurchaseLinkReply>>();
        group.MapGet("/{id}", GetAsync).RequireScope(Scopes.Links).WithName("GetPurchaseLink").Produces<PurchaseLinkReply>().ProducesProblem(404);
        group.MapDelete("/{id}", CancelAsync).RequireScope(Scopes.Links).WithName("CancelPurchaseLink")
            .Produces<PurchaseLinkReply>().ProducesProblem(404).ProducesProblem(409);
        group.MapAccept();
    }

    private static async Task<IResult> CreateAsync(
        HttpContext http, LinkCreation creation, IPurchaseLinkStore links, PurchaseLinkReplies replies, LinkAddresses addresses)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, PurchaseLinkJson.Default.PurchaseLinkBody);
        var tenant = Caller.TenantOf(http);
        if (problem is not null || (problem = LinkInput.Fault(tenant, body!, addresses.IsLocal)) is not null)
        {
            return problem;
        }

        var request = JsonSerializer.Serialize(body!, PurchaseLinkJson.Default.PurchaseLinkBody);
        var reservation = await IdempotencyKeys.ReserveAsync(http, tenant.Id, Caller.Of(http).Actor, "POST purchase-links", request);
        if (reservation.Conflict is { } conflict)
        {
            return conflict;
        }

        if (reservation.Earlier is { ResourceId: { } earlier } && await links.FindAsync(tenant.Id, earlier, http.RequestAborted) is { } there)
        {
            return WebJson.Ok(await replies.OfAsync(tenant, there, http.RequestAborted), PurchaseLinkJson.Default.PurchaseLinkReply, 201);
        }

        LinkCreated? made = null;
        try
        {
            made = await creation.CreateAsync(tenant, LinkInput.OrderOf(body!), http.RequestAborted);
        }
        finally
        {
            var id = (made as LinkCreated.Open)?.Link.Id;
            await IdempotencyKeys.FinishAsync(http, reservation, id is null ? null : 201, id);
        }

        return made switch
        {
            LinkCreated.Open { Link: var link } =>
                WebJson.Ok(await replies.OfAsync(tenant, link, http.RequestAborted), PurchaseLinkJson.Default.PurchaseLinkReply, 201),
            LinkCreated.Failed failed => FailureOf(failed),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
    }

    private static IResult FailureOf(LinkCreated.Failed failed) => LinkErrors.IsPassing(failed.Code)
        ? Problems.Of(502, new Problem { Code = failed.Code, Detail = failed.Sentence, RetryAfter = 30 })
        : Problems.Of(422, failed.Code, failed.Sentence);

    private static async Task<IResult> GetAsync(string id, HttpContext http, IPurchaseLinkStore links, PurchaseLinkReplies replies)
    {
        var tenant = Caller.TenantOf(http);
        return await links.FindAsync(tenant.Id, id, http.RequestAborted) is { } link
            ? WebJson.Ok(await replies.WholeAsync(tenant, link, http.RequestAborted), PurchaseLinkJson.Default.PurchaseLinkReply)
            : Problems.NotFound("purchase link");
    }

    private static async Task<IResult> ListAsync(HttpContext http, IPurchaseLinkStore links, PurchaseLinkReplies replies, TimeProvider time)
    {
        if (!PageQuery.TryRead(http, out var page, out var problem))
        {
            return problem;
        }

        var asked = http.Request.Query["state"].ToString();
        LinkState? state = null;
        if (asked.Length > 0 && (state = StateOf(asked)) is null)
        {
            return Problems.Invalid("state", "state is preparing, open, redeemed, held, expired or cancelled.");
        }

        // Whether an open one has expired says the clock, not its row, so these are looked through, some at a time.
        var now = time.GetUtcNow();
        bool IsAsked(PurchaseLink l) => asked.Length == 0 || (l.IsExpiredAt(now) ? asked == LinkStanding.Expired : asked != LinkStanding.Expired);
        var tenant = Caller.TenantOf(http);
        var found = new List<PurchaseLink>();
        var (after, looked, more) = (page.After, 0, true);
        while (more && found.Count <= page.Limit && looked < MostLookedAt)
        {
            var rows = await links.ListAsync(tenant.Id, state, after, page.Fetch, http.RequestAborted);
            found.AddRange(rows.Where(IsAsked));
            looked += rows.Count;
            more = rows.Count == page.Fetch;
            after = rows.Count > 0 ? rows[^1].Id : after;
        }

        var next = found.Count > page.Limit ? found[page.Limit - 1].Id : more ? after : null;
        return await PageAsync(http, replies, found.Take(page.Limit), next);
    }

    private static async Task<IResult> ListNotRemovedAsync(HttpContext http, IPurchaseLinkStore links, PurchaseLinkReplies replies)
    {
        if (!PageQuery.TryRead(http, out var page, out var problem))
        {
            return problem;
        }

        var rows = await links.ListNotRemovedAsync(Caller.TenantOf(http).Id, page.After, page.Fetch, http.RequestAborted);
        return await PageAsync(http, replies, rows.Take(page.Limit), rows.Count > page.Limit ? rows[page.Limit - 1].Id : null);
    }

    private static async Task<IResult> PageAsync(HttpContext http, PurchaseLinkReplies replies, IEnumerable<PurchaseLink> links, string? next)
    {
        var shown = new List<PurchaseLinkReply>();
        foreach (var link in links)
        {
            shown.Add(await replies.OfAsync(Caller.TenantOf(http), link, http.RequestAborted));
        }

        return WebJson.Ok(new Page<PurchaseLinkReply>(shown, next), PurchaseLinkJson.Default.PagePurchaseLinkReply);
    }

    /// <summary>Takes a link back. Once more changes nothing; one that is used cannot be taken back.</summary>
    private static async Task<IResult> CancelAsync(
        string id, HttpContext http, IPurchaseLinkStore links, PurchaseLinkReplies replies, LinkChoreSignal chores, LinkWaiters waiters, TimeProvider time, Audit audit)
    {
        var tenant = Caller.TenantOf(http);
        while (true)
        {
            if (await links.FindAsync(tenant.Id, id, http.RequestAborted) is not { } link)
            {
                return Problems.NotFound("purchase link");
            }

            if (link.State == LinkState.Redeemed)
            {
                return Problems.Of(409, LinkReasons.AlreadyUsed, $"This link was used by the purchase {link.Purchase}; refund that instead.");
            }

            if (link.State != LinkState.Cancelled)
            {
                var changed = (link with { State = LinkState.Cancelled, Reason = null }).WithNextChore(time.GetUtcNow());
                if (!await links.UpdateAsync(changed, CancellationToken.None))
                {
                    continue; // somebody was quicker, perhaps the sale itself
                }

                chores.Poke();
                waiters.Wake(tenant.Id, id);
                await audit.WriteAsync(http, tenant.Id, "purchase_link.cancel", id);
                link = changed;
            }

            return WebJson.Ok(await replies.OfAsync(tenant, link, http.RequestAborted), PurchaseLinkJson.Default.PurchaseLinkReply);
        }
    }

    private static LinkState? StateOf(string text) => text switch
    {
        LinkStanding.Preparing => LinkState.Preparing,
        LinkStanding.Open or LinkStanding.Expired => LinkState.Open,
        LinkStanding.Redeemed => LinkState.Redeemed,
        LinkStanding.Held => LinkState.Held,
        LinkStanding.Cancelled => LinkState.Cancelled,
        _ => null,
    };
}
