namespace Latchkey.Simulator.Api;

/// <summary>Lets so many calls through in each stretch of the simulator's time. Source: <c>config/initializers/rack_attack.rb</c>.</summary>
internal sealed class Throttle(TimeProvider time, int limit, TimeSpan stretch)
{
    private readonly Lock _gate = new();
    private long _current;
    private int _calls;

    public bool Admits()
    {
        var now = time.GetUtcNow().Ticks / stretch.Ticks;
        lock (_gate)
        {
            if (now != _current)
            {
                _current = now;
                _calls = 0;
            }

            return ++_calls <= limit;
        }
    }
}
