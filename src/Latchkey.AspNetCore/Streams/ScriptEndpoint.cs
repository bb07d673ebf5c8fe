using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Latchkey.AspNetCore.Streams;

/// <summary><c>/latchkey.js</c>: what a page reads its stream with. Its address stays as it changes, so it is asked after again.</summary>
internal static class ScriptEndpoint
{
    private static readonly byte[] Script = Load();
    private static readonly EntityTagHeaderValue Tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Script).AsSpan(0, 16))}\"");

    public static void MapScript(this RouteGroupBuilder group) =>
        group.MapMethods("/latchkey.js", [HttpMethods.Get, HttpMethods.Head], (Delegate)Answer).ExcludeFromDescription();

    private static IResult Answer(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "public, max-age=300";
        headers.XContentTypeOptions = "nosniff";
        headers.AccessControlAllowOrigin = "*"; // a module of another origin is read only so; there is nothing of anybody's in it
        return Results.Bytes(Script, "text/javascript; charset=utf-8", entityTag: Tag);
    }

    private static byte[] Load()
    {
        using var resource = typeof(ScriptEndpoint).Assembly.GetManifestResourceStream("latchkey.js")!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
