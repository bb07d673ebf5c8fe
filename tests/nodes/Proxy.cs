using System.Diagnostics;
using System.Globalization;
using Latchkey.Crash;

namespace Latchkey.Nodes;

/// <summary>nginx before the nodes, as a plain process with a configuration of its own.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly Process _process;

    private Proxy(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<Proxy> StartAsync(string directory, IEnumerable<int> nodes, Random dice)
    {
        var port = ServerProcess.FreePort(dice);
        var servers = nodes.Select(n => string.Create(CultureInfo.InvariantCulture, $"        server 127.0.0.1:{n} max_fails=1 fail_timeout=1s;"));
        var text = (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "nginx.conf")))
            .Replace("@DIRECTORY@", directory, StringComparison.Ordinal)
            .Replace("@PORT@", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@NODES@", string.Join('\n', servers), StringComparison.Ordinal);
        var file = Path.Combine(directory, "nginx.conf");
        await File.WriteAllTextAsync(file, text);
        var nginx = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx"; // not on the path of every user
        return new Proxy(Child.Start(nginx, "-p", directory, "-c", file, "-e", Path.Combine(directory, "error.log")), port);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await Child.SignalAsync("TERM", _process.Id);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
