using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Latchkey.Server.Tests.Running;

/// <summary>A server as its own process, told to stop by a signal as a service manager does it. Disposing it kills it if it still runs.</summary>
internal sealed partial class ServingProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly HttpClient _http = new(new SocketsHttpHandler(), disposeHandler: true);
    private string? _adminToken;

    private ServingProcess(Process process, string directory)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
        Directory = directory;
    }

    public string Directory { get; }

    public Uri Address { get; private set; } = null!;

    public string AdminToken => _adminToken ??= File.ReadAllText(Path.Combine(Directory, "admin.token"));

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It did not get that far; the message is what it said.</exception>
    public static async Task<ServingProcess> StartAsync(string directory, params string[] settings)
    {
        System.IO.Directory.CreateDirectory(directory);
        var process = LatchkeyProcess.Start(directory, ["serve", "--urls", "http://127.0.0.1:0", "--Latchkey:DataDirectory", directory, .. settings]);
        var server = new ServingProcess(process, directory);
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (ReadyLine().Match(line) is { Success: true } ready)
            {
                server.Address = new Uri(ready.Groups[1].Value);
                server._http.BaseAddress = server.Address;
                _ = process.StandardOutput.ReadToEndAsync();
                return server;
            }
        }

        var said = await server._error;
        await server.DisposeAsync();
        throw new InvalidOperationException(said);
    }

    public async Task<(int Status, string Text)> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new("Bearer", AdminToken);
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<(int Status, string Text)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>SIGTERM.</summary>
    public async Task TellToStopAsync()
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {_process.Id}")]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <returns>The exit code, once it has ended.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex("^latchkey is ready at ([^, ]+)")]
    private static partial Regex ReadyLine();
}
