using System.Text.Json;
using Latchkey.AspNetCore.Hosting;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Makes a link for the app's own user and sends him to the page that waits for his payment.</summary>
internal sealed class PurchaseSending(
    HomeTenant home, LinkCreation creation, LinkAddresses links, PublicAddress address, ReturnMap map, IOptions<JsonOptions> json)
{
    /// <summary>Answers at once: a lambda that takes an HttpContext alone is taken for a plain RequestDelegate, and what that returns is thrown away.</summary>
    /// <returns>Nothing that is left to be done.</returns>
    public async Task<IResult> SendAsync(HttpContext http, JsonElement? data, PurchaseLinkOrder order)
    {
        await (await AnswerAsync(http, data, order)).ExecuteAsync(http);
        return Results.Empty;
    }

    public JsonElement JsonOf<T>(T data) => JsonSerializer.SerializeToElement(data, json.Value.SerializerOptions);

    private async Task<IResult> AnswerAsync(HttpContext http, JsonElement? data, PurchaseLinkOrder order)
    {
        var tenant = await home.FindAsync(http.RequestAborted);
        var body = BodyOf(order, data, ReturnUrlOf(http, order));
        if (LinkInput.Fault(tenant, body, links.IsLocal) is { } fault)
        {
            return fault;
        }

        return await creation.CreateAsync(tenant, LinkInput.OrderOf(body), http.RequestAborted) switch
        {
            LinkCreated.Open { Link: var link } => Redirect(http, tenant, link.Id),
            LinkCreated.Failed failed => throw new PurchaseLinkException(failed.Code, failed.Sentence),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
    }

    private SeeOther Redirect(HttpContext http, TenantContext tenant, string link)
    {
        http.Response.Headers.CacheControl = "no-store";
        return new SeeOther(links.Wait(tenant, link));
    }

    /// <summary>The <c>Host</c> header is not believed: the return is where the settings say this app is.</summary>
    private string ReturnUrlOf(HttpContext http, PurchaseLinkOrder order)
    {
        var path = order.Return ?? map.All() switch
        {
            [var only] => only.Path,
            [] => throw new InvalidOperationException("No return is mapped: call MapPurchaseReturn."),
            _ => throw new InvalidOperationException($"Several returns are mapped: say in {nameof(PurchaseLinkOrder)}.{nameof(order.Return)} which one."),
        };
        var end = path.AsSpan().IndexOfAny('?', '#');
        var bare = end < 0 ? path : path[..end];
        return map.All().Any(r => ReturnMap.IsSamePath(r.Path, bare))
            ? PurchaseResults.OriginOf(address.Url) + http.Request.PathBase.ToUriComponent() + path
            : throw new InvalidOperationException($"No return is mapped at {bare}: call MapPurchaseReturn.");
    }

    private static PurchaseLinkBody BodyOf(PurchaseLinkOrder order, JsonElement? data, string returnUrl) => new(
        order.GumroadProduct,
        order.Strength switch
        {
            PurchaseLinkStrength.Token => "token",
            PurchaseLinkStrength.Code => "code",
            PurchaseLinkStrength.Product => "product",
            _ => throw new ArgumentOutOfRangeException(nameof(order), order.Strength, "There is no such strength."),
        },
        data,
        order.Subject,
        returnUrl,
        (long?)order.ExpiresIn?.TotalSeconds,
        order.Variant,
        order.Recurrence,
        order.MinPriceUsdCents,
        order.PricingCurrency,
        order.Quantity,
        order.Gift,
        order.Product,
        order.KeyType,
        order.RefundRepeats,
        order.PercentOff,
        order.Name,
        order.Description,
        order.PriceCents);
}
