using System.Buffers;

// Reads a ping's body to bytes, forgets it, and answers as Latchkey does. What lies between this and Latchkey is what keeping a ping costs.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();

var reply = """{"received":true,"duplicate":false,"id":"png_06f1m5p0c4q2v8t3r7x9k1n5bd"}"""u8.ToArray();

app.MapGet("/health/ready", () => Results.Ok());
app.MapPost("/webhooks/gumroad/{tenant}", async context =>
{
    var length = (int)(context.Request.ContentLength ?? 0);
    var body = ArrayPool<byte>.Shared.Rent(length);
    try
    {
        await context.Request.Body.ReadExactlyAsync(body.AsMemory(0, length), context.RequestAborted);
    }
    finally
    {
        ArrayPool<byte>.Shared.Return(body);
    }

    context.Response.ContentType = "application/json";
    context.Response.ContentLength = reply.Length;
    await context.Response.Body.WriteAsync(reply, context.RequestAborted);
});

await app.RunAsync();
