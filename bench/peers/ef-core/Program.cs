using System.Text.Json.Serialization;
using Latchkey.Bench.EfCore;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var connection = builder.Configuration.GetConnectionString("Pings") ?? throw new InvalidOperationException("Set ConnectionStrings:Pings.");
builder.Services.AddDbContextPool<PingContext>(options => options.UseNpgsql(connection).EnableThreadSafetyChecks(false));
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ReplyJson.Default));
var app = builder.Build();

app.MapGet("/health/ready", () => Results.Ok());
app.MapPost("/webhook/{tenant}", Handler.StoreAsync);
app.MapPost("/fair/{tenant}", Handler.StoreAndHandleAsync);

await app.RunAsync();

[JsonSerializable(typeof(Reply))]
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
internal sealed partial class ReplyJson : JsonSerializerContext;
