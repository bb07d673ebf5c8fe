using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Latchkey.Crash;

/// <summary>One life of the server. Disposing it kills it, and nothing but it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int LinesKept = 200;
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ServerProcess(Process process, Shop shop)
    {
        _process = process;
        Shop = shop;
    }

    /// <summary>The seller's way in.</summary>
    public Shop Shop { get; }

    public bool HasEnded => _process.HasExited;

    public int ProcessId => _process.Id;

    /// <summary>0 when it stopped as it should.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>What the server itself called an error.</summary>
    public IEnumerable<string> Errors =>
        _lines.Zip(_lines.Skip(1).Append(string.Empty))
            .Where(pair => pair.First.StartsWith("fail:", StringComparison.Ordinal) || pair.First.StartsWith("crit:", StringComparison.Ordinal))
            .Select(pair => pair.First + pair.Second);

    /// <summary>Starts the program and waits until it is ready.</summary>
    /// <param name="wrap">A command to start it under.</param>
    public static async Task<ServerProcess> StartAsync(string program, string directory, int port, IEnumerable<string> settings, params string[] wrap)
    {
        string[] command =
        [
            .. wrap, .. program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program] : new[] { program }, "serve",
            "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            "--Latchkey:DataDirectory", directory, "--Logging:LogLevel:Default", "Warning", .. settings,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        var server = new ServerProcess(process, new Shop(port));
        try
        {
            process.OutputDataReceived += (_, line) => server.Keep(line.Data);
            process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await server.ReadyAsync();
            server.Shop.AdminToken = Environment.GetEnvironmentVariable("Latchkey__AdminToken") // the server has it, too
                ?? (await File.ReadAllTextAsync(Path.Combine(directory, "admin.token"))).Trim();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A port nobody listens on, outside the range from which this machine's own connections take theirs.</summary>
    public static int FreePort(Random dice)
    {
        while (true)
        {
            var port = dice.Next(15_000, 30_000);
            using var listener = new TcpListener(System.Net.IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another one.
            }
        }
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        _process.Kill(); // SIGKILL, to this one process
        await _process.WaitForExitAsync();
    }

    public Task EndedAsync(CancellationToken ct) => _process.WaitForExitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        Shop.Dispose();
    }

    private async Task ReadyAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!await Shop.IsReadyAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > ReadyWithin)
            {
                throw new InvalidOperationException($"The server did not start: {string.Join(" / ", _lines)}");
            }

            await Task.Delay(10);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        while (_lines.Count > LinesKept)
        {
            _lines.TryDequeue(out _);
        }
    }
}
