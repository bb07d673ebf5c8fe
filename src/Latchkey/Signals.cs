using System.Threading.Channels;

namespace Latchkey;

/// <summary>Says "look now" to whoever works from the store. Losing one costs latency, never work.</summary>
internal class Signal(TimeProvider time)
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Poke() => _channel.Writer.TryWrite(true);

    /// <summary>Returns when poked, or when <paramref name="atMost"/> has passed.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        using var waited = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waited.Token, ct);
        try
        {
            await _channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The time has passed: look anyway.
        }
    }
}

/// <summary>Something waits in the inbox.</summary>
internal sealed class FoldSignal(TimeProvider time) : Signal(time);

/// <summary>Something waits in the outbox.</summary>
internal sealed class OutboxSignal(TimeProvider time) : Signal(time);
