using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Latchkey.Crash;

/// <summary>An answer of the server.</summary>
internal readonly record struct Answer(HttpStatusCode Status, JsonNode? Body)
{
    public string Text(string field) => Body![field]!.ToString();
}

/// <summary>A seller, the seller's Gumroad and its buyers, over HTTP. One for each life of the server, so that no connection outlives it.</summary>
internal sealed class Shop : IDisposable
{
    public const string Product = "inkwell";
    public const int ActivationLimit = 3;
    public const string Tenant = "/v1/tenants/crash";

    private readonly HttpClient _http;

    /// <param name="patience">How long an answer may take; a minute when not said.</param>
    public Shop(int port, TimeSpan? patience = null) => _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }, disposeHandler: true)
    {
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")),
        Timeout = patience ?? TimeSpan.FromSeconds(60),
    };

    public string AdminToken { get; set; } = string.Empty;

    /// <summary>Path and query of the ping address.</summary>
    public string PingPath { get; set; } = string.Empty;

    /// <summary>Makes the tenant and what it sells.</summary>
    public async Task OpenAsync()
    {
        var made = await ExpectAsync(HttpMethod.Post, "/v1/tenants", """{"id":"crash","name":"Crash"}""");
        PingPath = new Uri(made.Text("ping_url")).PathAndQuery;
        await ExpectAsync(HttpMethod.Put, $"{Tenant}/products/{Product}", """{"name":"Inkwell","key_prefix":"INK"}""");
        await ExpectAsync(
            HttpMethod.Put,
            $"{Tenant}/products/{Product}/key-types/pro",
            new JsonObject { ["name"] = "Pro", ["activation_limit"] = ActivationLimit, ["tier"] = "pro", ["rank"] = 1 }.ToJsonString());
        await ExpectAsync(HttpMethod.Put, $"{Tenant}/rules", """{"rules":[{"gumroad_product":"inkwell","product":"inkwell","key_type":"pro"}]}""");
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var reply = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Task<Answer> PingAsync(byte[] form) =>
        SendAsync(HttpMethod.Post, PingPath, new ByteArrayContent(form) { Headers = { ContentType = new("application/x-www-form-urlencoded") } });

    public Task<Answer> ActivateAsync(string key, string deviceHash) => AppAsync("activate", key, deviceHash);

    public Task<Answer> ValidateAsync(string key, string deviceHash) => AppAsync("validate", key, deviceHash);

    public async Task<JsonNode> EntitlementsAsync(string subject) =>
        (await ExpectAsync(HttpMethod.Get, $"{Tenant}/entitlements/{Uri.EscapeDataString(subject)}", null)).Body!;

    public async Task<string> RevealAsync(string license) => (await ExpectAsync(HttpMethod.Post, $"{Tenant}/licenses/{license}/reveal", null)).Text("key");

    public async Task<JsonArray> PageAsync(string list, string? after = null)
    {
        var path = $"{Tenant}/{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100{(after is null ? "" : "&after=" + after)}";
        return (await ExpectAsync(HttpMethod.Get, path, null)).Body!["data"]!.AsArray();
    }

    /// <summary>The whole of a list, in order of creation.</summary>
    public async IAsyncEnumerable<JsonNode> WalkAsync(string list)
    {
        string? after = null;
        do
        {
            var page = await ExpectAsync(HttpMethod.Get, $"{Tenant}/{list}?limit=100{(after is null ? "" : "&after=" + after)}", null);
            foreach (var row in page.Body!["data"]!.AsArray())
            {
                yield return row!;
            }

            after = page.Body["next"]?.ToString();
        }
        while (after is not null);
    }

    public void Dispose() => _http.Dispose();

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private Task<Answer> AppAsync(string verb, string key, string deviceHash) => SendAsync(HttpMethod.Post, $"{Tenant}/licenses/{verb}", Json(new JsonObject
    {
        ["key"] = key,
        ["product"] = Product,
        ["device"] = new JsonObject { ["hash"] = deviceHash },
        ["nonce"] = "AAAAAAAAAAAAAAAA",
    }.ToJsonString()));

    private async Task<Answer> ExpectAsync(HttpMethod method, string path, string? json)
    {
        var answer = await SendAsync(method, path, json is null ? null : Json(json));
        return (int)answer.Status is >= 200 and < 300
            ? answer
            : throw new InvalidOperationException($"{method} {path} answered {(int)answer.Status}.");
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (path.StartsWith("/v1", StringComparison.Ordinal))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminToken);
        }

        using var reply = await _http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        var isJson = reply.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true;
        return new(reply.StatusCode, isJson ? JsonNode.Parse(text) : null);
    }
}
