using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;

// Server-Sent Events with nothing behind them. /idle is the least that can be written: a first message, then a heartbeat every 15 s.
// /stream/X hears of what is posted to /ping/X over a channel in the process: no store, no fold, no outbox between the two.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var app = builder.Build();

var heartbeat = ":\n\n"u8.ToArray();
var message = Encoding.UTF8.GetBytes("""
    id: 1
    event: entitlements
    data: {"subject":"user:1","version":1,"products":[{"product":"studio","tier":"pro","rank":20,"entitlements":["export","sync"],"state":"active","ends_at":null}]}


    """);
var channels = new ConcurrentDictionary<string, Channel<byte[]>>();

app.MapGet("/health/ready", () => Results.Ok());
app.MapGet("/idle", async context =>
{
    await BeginAsync(context.Response);
    using var timer = new PeriodicTimer(TimeSpan.FromSeconds(15));
    while (await timer.WaitForNextTickAsync(context.RequestAborted))
    {
        await SendAsync(context.Response, heartbeat);
    }
});
app.MapGet("/stream/{name}", async (string name, HttpContext context) =>
{
    await BeginAsync(context.Response);
    await foreach (var text in Of(name).Reader.ReadAllAsync(context.RequestAborted))
    {
        await SendAsync(context.Response, text);
    }
});
app.MapPost("/ping/{name}", async (string name, HttpContext context) =>
{
    await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
    Of(name).Writer.TryWrite(message);
    return Results.Text("""{"received":true,"duplicate":false,"id":"png_06f1m5p0c4q2v8t3r7x9k1n5bd"}""", "application/json");
});

await app.RunAsync();

Channel<byte[]> Of(string name) => channels.GetOrAdd(name, _ => Channel.CreateUnbounded<byte[]>());

async Task BeginAsync(HttpResponse response)
{
    response.ContentType = "text/event-stream";
    response.Headers.CacheControl = "no-store";
    await SendAsync(response, message);
}

static async Task SendAsync(HttpResponse response, byte[] text)
{
    await response.Body.WriteAsync(text);
    await response.Body.FlushAsync();
}
