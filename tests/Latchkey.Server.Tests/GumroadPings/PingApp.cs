using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Latchkey.AspNetCore.GumroadPings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>Somebody's own app with typed pings, on a free loopback port. Its settings can be changed while it runs.</summary>
internal sealed class PingApp : IAsyncDisposable
{
    public const string Token = "first-token-0123456789";
    public const string Path = "/gumroad";

    /// <summary>A time limit that no handler which waits for something will meet.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(4);

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private PingApp(WebApplication app, Heard heard)
    {
        (_app, Heard) = (app, heard);
        Address = new Uri(app.Urls.First());
        _http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = Address };
    }

    public Heard Heard { get; }

    public Uri Address { get; }

    public static Task<PingApp> StartAsync(Action<GumroadPingOptions>? configure = null, Action<WebApplicationBuilder>? adapt = null) => StartAsync(
        builder =>
        {
            builder.Services.AddGumroadPings<Listener>(configure);
            adapt?.Invoke(builder);
        },
        app => app.MapGumroadPings(Path));

    public static async Task<PingApp> StartAsync(Action<WebApplicationBuilder> add, Action<WebApplication> map, string? token = Token)
    {
        var heard = new Heard();
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Gumroad:Token", token)]);
        builder.Services.AddSingleton(heard);
        add(builder);
        var app = builder.Build();
        try
        {
            map(app);
            await app.StartAsync();
            return new PingApp(app, heard);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Changes a setting and has all of them read again.</summary>
    public void Set(string name, string? value)
    {
        var settings = (IConfigurationRoot)_app.Services.GetRequiredService<IConfiguration>();
        settings[name] = value;
        settings.Reload();
    }

    public void SetTimeLimit(TimeSpan limit) => Set("Gumroad:HandlerTimeLimit", limit.ToString("c", CultureInfo.InvariantCulture));

    /// <summary>Sends a ping; the query stands beside the token, and no token is null.</summary>
    public async Task<HttpStatusCode> PostAsync(
        byte[] body, string type = PingBodies.FormType, string query = "", string? token = Token, string path = Path, string? basic = null)
    {
        using var response = await SendAsync(body, type, query, token, path, basic);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            Assert.Equal(TimeSpan.FromSeconds(60), response.Headers.RetryAfter?.Delta);
        }

        return response.StatusCode;
    }

    public Task<HttpStatusCode> PostAsync(string form, string type = PingBodies.FormType, string query = "", string path = Path) =>
        PostAsync(Encoding.UTF8.GetBytes(form), type, query, path: path);

    public async Task<HttpStatusCode> GetAsync()
    {
        using var response = await _http.GetAsync(new Uri($"{Path}?token={Token}", UriKind.Relative));
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] body, string type, string query, string? token, string path, string? basic)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, path + (token is null ? "?" : $"?token={token}") + query) { Content = content };
        if (basic is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("gumroad:" + basic)));
        }

        return await _http.SendAsync(request);
    }
}
