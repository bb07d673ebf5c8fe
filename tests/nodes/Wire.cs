using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Latchkey.Nodes;

/// <summary>The line between a node and the database. When it is cut nothing passes, and nobody is told.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _ends = new();
    private readonly CancellationTokenSource _over = new();
    private readonly int _to;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flows = new();

    public Wire(int to)
    {
        _to = to;
        _flows.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => _flows = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="forgotten">The connections of before do not live on, as when a firewall has dropped them.</param>
    public void Mend(bool forgotten)
    {
        if (forgotten)
        {
            Drop();
        }

        _flows.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        Drop();
        _flows.TrySetResult();
        await _accepting;
        _over.Dispose();
    }

    private void Drop()
    {
        foreach (var end in _ends.Keys)
        {
            end.Close();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_over.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The wire is taken down.
        }
    }

    private async Task CarryAsync(TcpClient node)
    {
        using var database = new TcpClient { NoDelay = true };
        node.NoDelay = true;
        _ends[node] = _ends[database] = true;
        try
        {
            await database.ConnectAsync(IPAddress.Loopback, _to, _over.Token);
            await Task.WhenAny(PumpAsync(node, database), PumpAsync(database, node));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody there: the node sees its line end.
        }
        finally
        {
            _ends.TryRemove(node, out _);
            _ends.TryRemove(database, out _);
            node.Dispose();
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _over.Token) is var count and > 0)
            {
                await _flows.Task;
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _over.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One end is gone; so is the other then.
        }
    }
}
