namespace Latchkey.Bench.RawNpgsql;

/// <summary>A ping as it came.</summary>
internal readonly record struct Request(string Tenant, byte[] Body)
{
    public static async ValueTask<Request> ReadAsync(HttpContext context)
    {
        var body = new byte[(int)(context.Request.ContentLength ?? 0)];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        return new((string)context.Request.RouteValues["tenant"]!, body);
    }
}
