using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Latchkey.Bench.StreamLoad;

/// <summary>Open streams over bare sockets, so that the load costs little beside what it measures.</summary>
internal sealed class Streams
{
    private const int OpenAtOnce = 50;
    private static readonly byte[] Mark = "\nevent: entitlements\n"u8.ToArray();

    private readonly List<Socket> _sockets = [];
    private volatile bool _closing;
    private int _broken;

    public int Count => _sockets.Count;

    /// <summary>Streams that ended by themselves.</summary>
    public int Broken => _broken;

    /// <summary>Opens them all, and returns when each has brought its first message.</summary>
    /// <remarks><paramref name="heard"/> gets the number of the stream, and how many states have just come in.</remarks>
    public static async Task<Streams> OpenAsync(Uri server, string path, int count, string token, Action<int, int> heard)
    {
        var all = new Streams();
        using var slots = new SemaphoreSlim(OpenAtOnce);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async n =>
        {
            await slots.WaitAsync();
            try
            {
                await all.OpenOneAsync(server, path.Replace("{n}", n.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), token, n, heard);
            }
            finally
            {
                slots.Release();
            }
        }));
        return all;
    }

    public void Close()
    {
        _closing = true;
        _sockets.ForEach(s => s.Dispose());
    }

    private async Task OpenOneAsync(Uri server, string path, string token, int n, Action<int, int> heard)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(server.Host), server.Port));
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {token}\r\nAccept: text/event-stream\r\n\r\n"));
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = ReadAsync(socket, n, heard, opened);
        await opened.Task;
    }

    private async Task ReadAsync(Socket socket, int n, Action<int, int> heard, TaskCompletionSource opened)
    {
        var buffer = new byte[1024];
        var isFirst = true;
        try
        {
            while (await socket.ReceiveAsync(buffer) is > 0 and var read)
            {
                var text = buffer.AsSpan(0, read);
                if (isFirst && text.StartsWith("HTTP/1.1 "u8) && !text.StartsWith("HTTP/1.1 200"u8))
                {
                    throw new InvalidOperationException("Refused: " + Encoding.ASCII.GetString(text[..Math.Min(read, 40)]));
                }

                if (text.Count(Mark) is > 0 and var states)
                {
                    if (isFirst)
                    {
                        isFirst = false;
                        opened.TrySetResult();
                    }
                    else
                    {
                        heard(n, states);
                    }
                }
            }
        }
        catch (Exception e) when (!_closing)
        {
            opened.TrySetException(e);
        }
        catch (SocketException)
        {
            // Closed by us.
        }

        if (!_closing)
        {
            Interlocked.Increment(ref _broken);
            opened.TrySetException(new InvalidOperationException("A stream ended by itself."));
        }
    }
}
