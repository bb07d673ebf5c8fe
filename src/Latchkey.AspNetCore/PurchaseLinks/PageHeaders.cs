using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>The addresses here are secrets of a kind: nobody is to keep them, and no other site to be told them.</summary>
internal static class PageHeaders
{
    public static void Set(HttpResponse response)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        headers.XContentTypeOptions = "nosniff";
    }
}
