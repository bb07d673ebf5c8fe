using Latchkey.AspNetCore.Web;
using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary><c>/go</c>: the way to Gumroad's checkout. It uses nothing up, however often it is taken; a link that leads nowhere any more leads to the page that says so.</summary>
internal static class GoEndpoint
{
    private const int MostTries = 3;

    public static void MapGo(this RouteGroupBuilder group)
    {
        var go = group.MapGroup("/go").ExcludeFromDescription();
        go.AnswerStoreTrouble();
        go.MapMethods("/{tenant}/{token}", [HttpMethods.Get, HttpMethods.Head], GoAsync);
    }

    private static async Task<IResult> GoAsync(
        string tenant, string token, HttpContext http, LinkDoor door, IPurchaseLinkStore links, LinkAddresses addresses, GumroadOptions gumroad, TimeProvider time)
    {
        PageHeaders.Set(http.Response);
        if (await door.OpenAsync(tenant, token, http.RequestAborted) is not ({ } of, { } link))
        {
            return WaitPage.Unknown(http);
        }

        var now = time.GetUtcNow();
        if (link.State != LinkState.Open || link.IsExpiredAt(now))
        {
            var used = link.State == LinkState.Redeemed ? "?" + WaitPage.UsedParameter : string.Empty;
            return new SeeOther(addresses.Wait(of, link.Id) + used);
        }

        if (HttpMethods.IsGet(http.Request.Method))
        {
            await OpenedAsync(links, link, now);
        }

        http.Response.Headers.Location = LinkCheckout.UrlOf(of, link, gumroad.ShopUrl);
        return Results.StatusCode(StatusCodes.Status302Found);
    }

    /// <summary>Notes the first time, from which Gumroad is asked by and by. Whoever changes the link meanwhile has something better to say.</summary>
    private static async Task OpenedAsync(IPurchaseLinkStore links, PurchaseLink link, DateTimeOffset now)
    {
        for (var tries = 0; tries < MostTries && link is { State: LinkState.Open, OpenedAt: null }; tries++)
        {
            if (await links.UpdateAsync(link with { OpenedAt = now, Chore = LinkChoreTimes.AfterOpening(link, now) }, CancellationToken.None)
                || await links.FindAsync(link.Tenant, link.Id, CancellationToken.None) is not { } there)
            {
                return;
            }

            link = there;
        }
    }
}

/// <summary>303, to an address of ours or of the seller's app.</summary>
internal sealed class SeeOther(string address) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
