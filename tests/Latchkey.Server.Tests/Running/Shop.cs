using System.Text.Json.Nodes;

namespace Latchkey.Server.Tests.Running;

/// <summary>A sale that was folded, and the license it made.</summary>
public sealed record Sold(Sale Sale, string Ping, string License, string Key);

/// <summary>A tenant of a running server: what Gumroad, its buyers' apps and its seller do there.</summary>
public sealed class Shop
{
    public const string Product = "studio";
    public const string Prefix = "ACME";
    public const string FormType = "application/x-www-form-urlencoded";

    private static int _serial;

    private Shop(RunningServer server, string id, JsonNode made)
    {
        Server = server;
        Id = id;
        PingPath = new Uri((string)made["ping_url"]!).PathAndQuery;
        ApiToken = (string)made["api_token"]!;
        Issuer = (string)made["iss"]!;
    }

    public RunningServer Server { get; }

    public string Id { get; }

    public string Path => $"/v1/tenants/{Id}";

    /// <summary>Path and query, with the address's token.</summary>
    public string PingPath { get; }

    public string PingToken => PingPath[(PingPath.IndexOf("token=", StringComparison.Ordinal) + 6)..];

    public string ApiToken { get; }

    public string Issuer { get; }

    public static string NewId() => $"shop-{Interlocked.Increment(ref _serial)}";

    /// <summary>A tenant without products and rules.</summary>
    public static async Task<Shop> OpenEmptyAsync(RunningServer server)
    {
        var id = NewId();
        var made = await server.AdminAsync(HttpMethod.Post, "/v1/tenants", new JsonObject { ["id"] = id, ["name"] = "Acme Audio" });
        return new Shop(server, id, made.Must(201));
    }

    /// <summary>A tenant with one product and a rule for <see cref="Sale.Product"/>.</summary>
    public static async Task<Shop> OpenAsync(RunningServer server, int? limit = 3)
    {
        var shop = await OpenEmptyAsync(server);
        await shop.PutProductAsync(limit);
        await shop.PutRuleAsync();
        return shop;
    }

    public async Task PutProductAsync(int? limit = 3, string? keySource = null, int? durationDays = null)
    {
        var product = new JsonObject { ["name"] = "Acme Studio", ["key_prefix"] = Prefix, ["key_source"] = keySource };
        (await SellerAsync(HttpMethod.Put, $"/products/{Product}", product)).Must(200);
        var keyType = new JsonObject
        {
            ["name"] = "Pro",
            ["activation_limit"] = limit,
            ["duration_days"] = durationDays,
            ["entitlements"] = new JsonArray("export", "sync"),
            ["tier"] = "pro",
            ["rank"] = 20,
        };
        (await SellerAsync(HttpMethod.Put, $"/products/{Product}/key-types/pro", keyType)).Must(200);
    }

    public async Task PutRuleAsync() => (await SellerAsync(HttpMethod.Put, "/rules", Rules(Sale.Product.ProductId))).Must(200);

    public static JsonObject Rules(string gumroadProduct) => new()
    {
        ["rules"] = new JsonArray(new JsonObject { ["gumroad_product"] = gumroadProduct, ["product"] = Product, ["key_type"] = "pro" }),
    };

    public Task<Reply> SellerAsync(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers) =>
        Server.SendAsync(method, Path + path, body, ApiToken, headers);

    public Task<Reply> SellerGetAsync(string path) => SellerAsync(HttpMethod.Get, path);

    /// <summary>A bearer token with these scopes, from the admin: a tenant's token gives away no more than it has itself.</summary>
    public async Task<string> AddTokenAsync(params string[] scopes)
    {
        var body = new JsonObject { ["label"] = "for a test", ["scopes"] = new JsonArray([.. scopes.Select(s => (JsonNode)s)]) };
        return (string)(await Server.AdminAsync(HttpMethod.Post, Path + "/tokens", body)).Must(201)["token"]!;
    }

    public Task<Reply> PingAsync(byte[] body, string contentType = FormType, string? path = null, string? bearer = null, params (string, string)[] headers)
    {
        var content = new ByteArrayContent(body);
        Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", contentType));
        return Server.SendAsync(HttpMethod.Post, path ?? PingPath, content, bearer, headers);
    }

    /// <summary>Delivers a ping and waits until it was handled.</summary>
    /// <returns>The ping as the seller sees it.</returns>
    public async Task<JsonNode> DeliverAsync(byte[] body, string contentType = FormType, string? path = null)
    {
        var reply = (await PingAsync(body, contentType, path)).Must(200);
        return await HandledAsync((string)reply["id"]!);
    }

    public Task<JsonNode> HandledAsync(string ping) => Eventually.GetAsync(
        async () => (await SellerGetAsync($"/pings/{ping}")).Must(200) is var shown && (string?)shown["status"] != "received" ? shown : null,
        "the ping was not handled");

    public async Task<Sold> SellAsync(Sale? sale = null)
    {
        sale ??= Sale.New();
        var ping = await DeliverAsync(sale.Form());
        Assert.Equal("applied", (string?)ping["status"]);
        var license = (string)(await SellerGetAsync($"/purchases/{ping["purchase"]}")).Must(200)["licenses"]![0]!;
        return new Sold(sale, (string)ping["id"]!, license, await RevealAsync(license));
    }

    public async Task<string> RevealAsync(string license) =>
        (string)(await SellerAsync(HttpMethod.Post, $"/licenses/{license}/reveal")).Must(200)["key"]!;

    public Task<JsonNode> RefundAsync(Sold sold) => DeliverAsync(sold.Sale.Form("refund", "refunded"));

    public Task<JsonNode> DisputeAsync(Sold sold) => DeliverAsync(sold.Sale.Form("dispute", "disputed"));

    public async Task ActAsync(Sold sold, string verb) => (await SellerAsync(HttpMethod.Post, $"/licenses/{sold.License}/{verb}")).Must(200);

    public Task<Reply> AppAsync(string verb, JsonNode body, params (string Name, string Value)[] headers) =>
        Server.SendAsync(HttpMethod.Post, $"{Path}/licenses/{verb}", body, null, headers);

    public Task<Reply> ActivateAsync(string key, string device, params (string Name, string Value)[] headers) =>
        AppAsync("activate", Ask.Activate(key, device), headers);

    /// <returns>The id of the activation.</returns>
    public async Task<string> ActivatedAsync(Sold sold, string device)
    {
        var reply = await ActivateAsync(sold.Key, device);
        Assert.True(reply.Status is 200 or 201, reply.Text);
        return (string)reply["activation"]!["id"]!;
    }

    public Task<Reply> ValidateAsync(string key, string? activation = null, string device = "laptop", string? entitlement = null) =>
        AppAsync("validate", Ask.Validate(key, activation, device, entitlement));

    public Task<Reply> DeactivateAsync(string key, string activation) =>
        AppAsync("deactivate", new JsonObject { ["key"] = key, ["activation_id"] = activation, ["product"] = Product });

    public async Task<JsonNode> LicenseAsync(Sold sold) => (await SellerGetAsync($"/licenses/{sold.License}")).Must(200);

    public async Task<JsonArray> PurchasesAsync() => (await SellerGetAsync("/purchases")).Data;
}
