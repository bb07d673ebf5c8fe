using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Tests.Api;

/// <summary>A simulator and somebody who calls its API over HTTP.</summary>
internal sealed class ApiShop(GumroadSimulator simulator) : IAsyncDisposable
{
    public const string Token = "a-token-for-everything";

    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false };

    public GumroadSimulator Simulator { get; } = simulator;

    /// <summary>What is sent as Bearer; null sends nothing.</summary>
    public string? Bearer { get; set; } = Token;

    public static async Task<ApiShop> OpenAsync(SimulatorOptions options) => new(await GumroadSimulator.StartAsync(options, CancellationToken.None));

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, content: null);

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form) => SendAsync(HttpMethod.Post, path, Form(form));

    public Task<HttpResponseMessage> PutAsync(string path, params (string Name, string Value)[] form) => SendAsync(HttpMethod.Put, path, Form(form));

    public Task<HttpResponseMessage> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, content: null);

    public Task<HttpResponseMessage> SendJsonAsync(HttpMethod method, string path, string json) =>
        SendAsync(method, path, new StringContent(json, Encoding.UTF8, "application/json"));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var http = new HttpClient(_handler, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(15) };
        using var request = new HttpRequestMessage(method, new Uri(Simulator.Address, path)) { Content = content };
        request.Headers.Authorization = Bearer is null ? null : new AuthenticationHeaderValue("Bearer", Bearer);
        return await http.SendAsync(request);
    }

    public async Task<JsonObject> JsonAsync(string path) => await ReadAsync(await GetAsync(path));

    public static async Task<JsonObject> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
        }
    }

    public async Task<SimulatedSale> BuyAsync(BuyOrder order, int verifications = 0)
    {
        var sale = await Simulator.BuyAsync(order);
        await VerifyAsync(sale, verifications);
        return sale;
    }

    public async Task VerifyAsync(SimulatedSale sale, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var answer = await PostAsync("/v2/licenses/verify", ("product_id", sale.ProductId), ("license_key", sale.LicenseKey!));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        _handler.Dispose();
    }

    private static FormUrlEncodedContent Form((string Name, string Value)[] form) =>
        new(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
}
