using System.Text;

namespace Latchkey.Bench.RawNpgsql;

internal static class Replies
{
    public static Task WriteAsync(HttpContext context, Stored stored)
    {
        var reply = Encoding.ASCII.GetBytes($$"""{"received":true,"duplicate":{{(stored.Repeats > 0 ? "true" : "false")}},"id":"{{stored.Id}}"}""");
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = reply.Length;
        return context.Response.Body.WriteAsync(reply, context.RequestAborted).AsTask();
    }
}
