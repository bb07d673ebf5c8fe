using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Latchkey.Server.Demo;

/// <summary>What a seller does, over HTTP like any seller.</summary>
internal sealed class SellerApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _tenant;

    public SellerApi(Uri address, string adminToken, string tenant)
    {
        Address = address;
        _tenant = tenant;
        _http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = address };
        ApiToken = adminToken;
    }

    public Uri Address { get; }

    /// <summary>The admin token until the shop is open, the tenant's own afterwards.</summary>
    public string ApiToken { get; private set; }

    /// <summary>Adds the tenant, two products, and the rules that map what is sold at the simulator to them.</summary>
    /// <returns>The ping address.</returns>
    public async Task<Uri> OpenShopAsync(CancellationToken ct)
    {
        var made = await SendAsync(HttpMethod.Post, "/v1/tenants", new JsonObject { ["id"] = _tenant, ["name"] = "Acme Audio" }, ct);
        ApiToken = made["api_token"]!.ToString();
        await PutAsync("products/inkwell", new JsonObject { ["name"] = "Inkwell", ["key_prefix"] = "INK" }, ct);
        await PutAsync("products/inkwell/key-types/pro", KeyType("Pro", 3, "pro", 20, "export", "sync"), ct);
        await PutAsync("products/inkclub", new JsonObject { ["name"] = "Ink Club", ["key_prefix"] = "CLUB" }, ct);
        await PutAsync("products/inkclub/key-types/patron", KeyType("Patron", 2, "patron", 10, "downloads"), ct);
        await PutAsync("products/inkclub/key-types/reader", KeyType("Reader", 1, "reader", 5, "downloads"), ct);
        await PutAsync("rules", new JsonObject { ["rules"] = new JsonArray(
            Rule("inkwell", null, "inkwell", "pro"),
            Rule("inkclub", "Patron", "inkclub", "patron"),
            Rule("inkclub", null, "inkclub", "reader")) }, ct);
        return new Uri(made["ping_url"]!.ToString());
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, PathOf(path), null, ct);

    public Task<JsonNode> PutAsync(string path, JsonNode body, CancellationToken ct) => SendAsync(HttpMethod.Put, PathOf(path), body, ct);

    public static JsonObject Rule(string gumroadProduct, string? variant, string product, string keyType) =>
        new() { ["gumroad_product"] = gumroadProduct, ["variant"] = variant, ["product"] = product, ["key_type"] = keyType };

    public void Dispose() => _http.Dispose();

    private static JsonObject KeyType(string name, int limit, string tier, int rank, params string[] entitlements) => new()
    {
        ["name"] = name,
        ["activation_limit"] = limit,
        ["tier"] = tier,
        ["rank"] = rank,
        ["entitlements"] = new JsonArray([.. entitlements.Select(e => (JsonNode)e)]),
    };

    private string PathOf(string path) => $"/v1/tenants/{_tenant}/{path}";

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiToken);
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{method} {path} answered {(int)response.StatusCode}: {text}");
    }
}
