using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Latchkey.Nodes;

/// <summary>A mail that was handed over.</summary>
internal readonly record struct TakenMail(string To, DateTimeOffset At);

/// <summary>The mail server of one node: takes everything, and remembers to whom.</summary>
internal sealed class MailCatcher : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _gate = new();
    private readonly List<TakenMail> _taken = [];
    private readonly HashSet<string> _underWay = [];
    private readonly Task _accepting;
    private TaskCompletionSource? _held;
    private TaskCompletionSource? _somebodyWaits;

    public MailCatcher()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>In the order in which they were taken.</summary>
    public IReadOnlyList<TakenMail> Taken()
    {
        lock (_gate)
        {
            return [.. _taken];
        }
    }

    /// <summary>
    /// The node breaks off: of the mail it handed over last it may not have noted that it went out, and nobody can tell. That one may come again.
    /// </summary>
    public void Excuse()
    {
        lock (_gate)
        {
            if (_taken is [.., var last])
            {
                _underWay.Add(last.To);
            }
        }
    }

    public bool IsExcused(string address)
    {
        lock (_gate)
        {
            return _underWay.Contains(address);
        }
    }

    /// <summary>Whoever comes now is not spoken to.</summary>
    /// <returns>Completes when somebody has come.</returns>
    public Task Hold()
    {
        lock (_gate)
        {
            _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _somebodyWaits = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _somebodyWaits.Task;
        }
    }

    /// <summary>Whoever was held is sent away, without his mail.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _held?.TrySetResult();
            _held = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        Release();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The catcher is taken down.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { AutoFlush = true, NewLine = "\r\n" };
            if (Waiting() is { } held)
            {
                await held;
                await writer.WriteLineAsync("421 come again");
                return;
            }

            await writer.WriteLineAsync("220 catcher");
            await TalkAsync(reader, writer);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The node broke off.
        }
    }

    private Task? Waiting()
    {
        lock (_gate)
        {
            if (_held is not null)
            {
                _somebodyWaits!.TrySetResult();
            }

            return _held?.Task;
        }
    }

    private async Task TalkAsync(StreamReader reader, StreamWriter writer)
    {
        var to = string.Empty;
        while (await reader.ReadLineAsync(_over.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "RCPT":
                    to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    string? text;
                    while ((text = await reader.ReadLineAsync(_over.Token)) is not (null or "."))
                    {
                    }

                    if (text is null)
                    {
                        return; // not handed over
                    }

                    lock (_gate)
                    {
                        _taken.Add(new(to, TimeProvider.System.GetUtcNow()));
                    }

                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }
}
