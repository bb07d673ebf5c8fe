using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.AspNetCore.Hosting;
using Latchkey.Mail;
using Latchkey.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Latchkey.Server.Tests.Running;

/// <summary>The real program on a free loopback port, with a data directory that goes away with it. Limits are off unless set.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private static readonly string[] Usual =
    [
        "--urls", "http://127.0.0.1:0",
        "--Latchkey:Limits:Activate", "0",
        "--Latchkey:Limits:ActivateHourly", "0",
        "--Latchkey:Limits:Validate", "0",
        "--Latchkey:Limits:Deactivate", "0",
    ];

    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly bool _ownsDirectory;
    private bool _stopped;

    private RunningServer(WebApplication app, string directory, bool ownsDirectory, ShiftingTime time, CaughtMails mails)
    {
        _app = app;
        _ownsDirectory = ownsDirectory;
        Directory = directory;
        Time = time;
        Mails = mails;
        Address = new Uri(app.Urls.First());
        AdminToken = app.Services.GetRequiredService<InstallationSecrets>().AdminToken!;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }, disposeHandler: true) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public string Directory { get; }

    public string AdminToken { get; }

    internal CaughtMails Mails { get; }

    internal ShiftingTime Time { get; }

    internal static async Task<RunningServer> StartAsync(ServerSetup? setup = null)
    {
        setup ??= new ServerSetup();
        var directory = setup.Directory ?? System.IO.Directory.CreateTempSubdirectory("latchkey-test-").FullName;
        var time = new ShiftingTime();
        var mails = new CaughtMails();
        WebApplication? app = null;
        try
        {
            app = ServerHost.Build([.. Usual, "--Latchkey:DataDirectory", directory, .. TestStore.SettingsFor(directory), .. setup.Settings], builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
                if (setup.CatchesMails)
                {
                    builder.Services.Replace(ServiceDescriptor.Singleton<IMailTransport>(mails));
                }

                setup.Adapt(builder);
            });
            await app.StartAsync();
            return new RunningServer(app, directory, setup.Directory is null, time, mails);
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            throw;
        }
    }

    internal T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Puts the clock forward, and wakes whoever waits for a moment.</summary>
    internal void Advance(TimeSpan by)
    {
        Time.Advance(by);
        Service<FoldSignal>().Poke();
        Service<OutboxSignal>().Poke();
    }

    internal async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content, string? bearer, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await _http.SendAsync(request);
        return new Reply(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, response.Headers);
    }

    internal Task<Reply> SendAsync(HttpMethod method, string path, JsonNode? body, string? bearer, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), bearer, headers);

    internal Task<Reply> GetAsync(string path, string? bearer = null) => SendAsync(HttpMethod.Get, path, (JsonNode?)null, bearer);

    internal Task<Reply> AdminAsync(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, body, AdminToken, headers);

    /// <summary>Ends the program; the data directory stays if it was given.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsDirectory)
        {
            System.IO.Directory.Delete(Directory, recursive: true);
            TestStore.DropOf(Directory);
        }
    }
}
