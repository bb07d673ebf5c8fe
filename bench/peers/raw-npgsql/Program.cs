using Latchkey.Bench.RawNpgsql;
using Npgsql;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();

var connection = app.Configuration.GetConnectionString("Pings") ?? throw new InvalidOperationException("Set ConnectionStrings:Pings.");
await using var database = new NpgsqlSlimDataSourceBuilder(connection).Build();
var pings = new Pings(database);

app.MapGet("/health/ready", () => Results.Ok());
app.MapPost("/webhook/{tenant}", (RequestDelegate)(async context =>
    await Replies.WriteAsync(context, await pings.StoreAsync(await Request.ReadAsync(context), context.RequestAborted))));
app.MapPost("/fair/{tenant}", (RequestDelegate)(async context =>
    await Replies.WriteAsync(context, await pings.StoreAndHandleAsync(await Request.ReadAsync(context), context.RequestAborted))));

await app.RunAsync();
