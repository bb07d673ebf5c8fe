using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Latchkey.Browser.Tests;

/// <summary>A line to a server of this machine, which can be cut: what is open breaks, and what is opened then breaks at once.</summary>
internal sealed class TierLine : IAsyncDisposable
{
    private readonly TcpListener _near = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _farPort;
    private readonly Task _accepting;
    private CancellationTokenSource _cut = new();

    public TierLine(Uri to)
    {
        _farPort = to.Port;
        _near.Start();
        _accepting = AcceptAsync();
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_near.LocalEndpoint).Port}");

    public void Cut() => _cut.Cancel();

    public void Mend() => _cut = new CancellationTokenSource();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _cut.CancelAsync();
        await _accepting;
        _near.Dispose();
        _cut.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _near.AcceptTcpClientAsync(_end.Token), _cut.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private async Task RelayAsync(TcpClient caller, CancellationToken cut)
    {
        using var near = caller;
        using var far = new TcpClient();
        if (!cut.IsCancellationRequested)
        {
            await far.ConnectAsync(IPAddress.Loopback, _farPort, cut);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), cut), far.GetStream().CopyToAsync(near.GetStream(), cut));
        }
    }
}
