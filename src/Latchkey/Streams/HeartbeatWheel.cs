namespace Latchkey.Streams;

/// <summary>One timer for all streams: every stream has its place on a wheel that turns once in an interval.</summary>
internal sealed class HeartbeatWheel : IDisposable
{
    /// <summary>Many places, few at a time: lines written at once need buffers at once.</summary>
    private const int MostPlaces = 256;

    private static readonly TimeSpan ShortestStep = TimeSpan.FromMilliseconds(10);

    private readonly List<StreamConnection>[] _slots;
    private readonly Action<StreamConnection> _beat;
    private readonly ITimer _timer;
    private int _at;

    public HeartbeatWheel(TimeSpan interval, TimeProvider time, Action<StreamConnection> beat)
    {
        _beat = beat;
        var places = Math.Clamp((int)(interval / ShortestStep), 1, MostPlaces);
        _slots = [.. Enumerable.Range(0, places).Select(_ => new List<StreamConnection>())];
        var every = interval / places;
        _timer = time.CreateTimer(_ => Turn(), null, every, every);
    }

    /// <summary>Its first beat comes after a whole interval.</summary>
    public void Add(StreamConnection connection)
    {
        var slot = Volatile.Read(ref _at);
        connection.Slot = slot;
        lock (_slots[slot])
        {
            _slots[slot].Add(connection);
        }
    }

    public void Remove(StreamConnection connection)
    {
        var slot = _slots[connection.Slot];
        lock (slot)
        {
            slot.RemoveUnordered(connection);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Turn()
    {
        var at = (_at + 1) % _slots.Length;
        Volatile.Write(ref _at, at);
        var slot = _slots[at];
        lock (slot)
        {
            slot.ForEach(_beat);
        }
    }
}
