using System.Threading.Channels;

namespace Latchkey;

/// <summary>Says "look now" to whoever works from the store. Losing one costs latency, never work.</summary>
internal class Signal(TimeProvider time)
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public virtual void Poke() => _channel.Writer.TryWrite(true);

    /// <summary>Returns when poked, or when <paramref name="atMost"/> has passed. For one waiter.</summary>
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

/// <summary>Something waits in the outbox. The mailer waits on this one; whoever else delivers gets an ear of its own.</summary>
internal sealed class OutboxSignal(TimeProvider time) : Signal(time)
{
    private readonly TimeProvider _time = time;
    private readonly Lock _gate = new();
    private volatile Signal[] _ears = [];

    /// <summary>One more signal that is poked whenever this one is.</summary>
    public Signal Listen()
    {
        var ear = new Signal(_time);
        lock (_gate)
        {
            _ears = [.. _ears, ear];
        }

        return ear;
    }

    public override void Poke()
    {
        base.Poke();
        foreach (var ear in _ears)
        {
            ear.Poke();
        }
    }
}
