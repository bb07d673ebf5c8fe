using Latchkey.AspNetCore.Web;
using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;
using Latchkey.Purchases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary><c>/wait</c>: where a buyer is while he pays in another tab.</summary>
internal static class WaitEndpoints
{
    public static void AddPurchaseLinkPages(this IServiceCollection services)
    {
        services.AddPurchaseLinksAtGumroad();
        services.TryAddSingleton<LinkAddresses>();
        services.TryAddSingleton<LinkCreation>();
        services.TryAddSingleton<LinkDoor>();
        services.TryAddSingleton<PurchaseLinkReplies>();
        services.TryAddSingleton<LinkWaiters>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LinkWaiters>(p => p.GetRequiredService<LinkWaiters>()));
    }

    public static void MapWait(this RouteGroupBuilder group)
    {
        var wait = group.MapGroup("/wait/{tenant}/{token}").ExcludeFromDescription();
        wait.AnswerStoreTrouble();
        wait.MapMethods("", [HttpMethods.Get, HttpMethods.Head], ShowAsync);
        wait.MapGet("/back", BackAsync);
        wait.MapGet("/stream", StreamAsync).AllowOrigins();
        wait.MapPost("/check", CheckAsync).AllowOrigins();
        group.MapWaitScript();
    }

    private static async Task<IResult> ShowAsync(string tenant, string token, HttpContext http, LinkDoor door, IPurchaseStore purchases, TimeProvider time)
    {
        PageHeaders.Set(http.Response);
        if (await door.OpenAsync(tenant, token, http.RequestAborted) is not ({ } of, { } link))
        {
            return WaitPage.Unknown(http);
        }

        var standing = await LinkStanding.OfAsync(link, purchases, time.GetUtcNow(), http.RequestAborted);
        return WaitPage.Of(http, of, link, standing, token, isUsed: http.Request.Query.ContainsKey(WaitPage.UsedParameter));
    }

    /// <summary>Back to the app with whatever is true now.</summary>
    private static async Task<IResult> BackAsync(
        string tenant, string token, HttpContext http, LinkDoor door, IPurchaseStore purchases, LinkAddresses addresses, TimeProvider time)
    {
        PageHeaders.Set(http.Response);
        if (await door.OpenAsync(tenant, token, http.RequestAborted) is not ({ } of, { } link))
        {
            return WaitPage.Unknown(http);
        }

        var now = time.GetUtcNow();
        var standing = await LinkStanding.OfAsync(link, purchases, now, http.RequestAborted);
        if (standing is { State: LinkStanding.Redeemed, Reason: null } && http.Request.Query.ContainsKey(WaitPage.UsedParameter))
        {
            standing = standing with { Reason = LinkReasons.AlreadyUsed }; // he wanted to buy with it, and did not
        }

        return new SeeOther(PurchaseResults.AddressOf(of, link, standing, now) ?? addresses.Wait(of, link.Id));
    }

    private static async Task<IResult> StreamAsync(string tenant, string token, HttpContext http, LinkDoor door, LinkWaiters waiters)
    {
        PageHeaders.Set(http.Response);
        return waiters.Stopping.IsCancellationRequested ? Problems.Unavailable("The server is stopping; ask again.")
            : await door.OpenAsync(tenant, token, http.RequestAborted) is ({ } of, { } link) ? new WaitStream(of.Id, link.Id)
            : Problems.NotFound("purchase link");
    }

    private static async Task<IResult> CheckAsync(string tenant, string token, HttpContext http, LinkDoor door, ILinkReadBack readBack)
    {
        PageHeaders.Set(http.Response);
        return await door.OpenAsync(tenant, token, http.RequestAborted) is ({ } of, { } link)
            ? WebJson.Ok(new CheckReply(await readBack.RequestAsync(of, link.Id, CancellationToken.None)), PurchaseLinkJson.Default.CheckReply)
            : Problems.NotFound("purchase link");
    }
}
