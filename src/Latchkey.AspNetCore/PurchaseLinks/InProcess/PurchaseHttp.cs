using Latchkey.AspNetCore.PurchaseLinks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.AspNetCore;

/// <summary>Sends a user to pay.</summary>
public static class PurchaseHttp
{
    /// <summary>
    /// Makes a single-use link and sends the user to the page that opens Gumroad's checkout, waits for the payment and brings him back to
    /// the return mapped with <c>MapPurchaseReturn</c>.
    /// </summary>
    /// <param name="http">The user's request. Who he is, say in <paramref name="link"/>.</param>
    /// <param name="data">What the app wants back with the purchase: JSON of at most 64 KiB, by the app's own JSON options. Kept encrypted; Gumroad never sees it.</param>
    /// <param name="link">What is sold.</param>
    /// <returns>
    /// Something empty that a handler may return: the request is answered already, with the redirect, or with a problem of status 400 that
    /// names the field where the order asks for what cannot be.
    /// </returns>
    /// <exception cref="PurchaseLinkException">Gumroad did not give what the link needs.</exception>
    /// <exception cref="InvalidOperationException">It is not clear whose link it is or where its user comes back to; or <c>AddPurchaseLinks</c> was not called.</exception>
    public static Task<IResult> PurchaseAsync<T>(this HttpContext http, T data, PurchaseLinkOrder link)
    {
        ArgumentNullException.ThrowIfNull(link);
        var sending = SendingOf(http);
        return sending.SendAsync(http, sending.JsonOf(data), link);
    }

    /// <inheritdoc cref="PurchaseAsync{T}"/>
    public static Task<IResult> PurchaseAsync(this HttpContext http, PurchaseLinkOrder link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return SendingOf(http).SendAsync(http, null, link);
    }

    private static PurchaseSending SendingOf(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.RequestServices.GetService<PurchaseSending>() ?? throw new InvalidOperationException("Call AddPurchaseLinks on what AddLatchkey returns.");
    }
}
