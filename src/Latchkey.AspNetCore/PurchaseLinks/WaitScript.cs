using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary><c>/latchkey-wait.js</c>: what the waiting page runs.</summary>
internal static class WaitScript
{
    private static readonly byte[] Script = Embedded.Bytes("latchkey-wait.js");
    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Script).AsSpan(0, 16))}\"");

    public static void MapWaitScript(this RouteGroupBuilder group) =>
        group.MapMethods("/latchkey-wait.js", [HttpMethods.Get, HttpMethods.Head], (Delegate)Answer).ExcludeFromDescription();

    private static IResult Answer(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(Script, "text/javascript; charset=utf-8", entityTag: Tag);
    }
}
