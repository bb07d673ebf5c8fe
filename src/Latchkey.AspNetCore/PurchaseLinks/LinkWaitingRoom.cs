namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>One who waits for one link.</summary>
internal sealed class LinkWaiter(LinkWaitingRoom room, string link, TimeProvider time) : IDisposable
{
    private readonly Signal _signal = new(time);
    private int _woken;

    public string Link => link;

    public void Wake()
    {
        Volatile.Write(ref _woken, 1);
        _signal.Poke();
    }

    /// <returns>True when something may have happened to the link, false when <paramref name="atMost"/> has passed.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        await _signal.WaitAsync(atMost, ct);
        return Interlocked.Exchange(ref _woken, 0) == 1;
    }

    public void Dispose() => room.Leave(this);
}

/// <summary>All who wait for links of one tenant, and up to where the outbox has been read for them.</summary>
internal sealed class LinkWaitingRoom(string tenant)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<LinkWaiter>> _byLink = new(StringComparer.Ordinal);
    private long? _position;

    public string Tenant => tenant;

    /// <summary>Where to read on; null while nobody waits.</summary>
    public long? Position
    {
        get
        {
            lock (_gate)
            {
                return _position;
            }
        }
    }

    /// <param name="position">Where to begin when nobody waits yet.</param>
    /// <returns>Nobody was waiting.</returns>
    public bool Join(LinkWaiter waiter, long position)
    {
        lock (_gate)
        {
            var first = _position is null;
            _position ??= position;
            if (!_byLink.TryGetValue(waiter.Link, out var there))
            {
                _byLink.Add(waiter.Link, there = new(1));
            }

            there.Add(waiter);
            return first;
        }
    }

    public void Leave(LinkWaiter waiter)
    {
        lock (_gate)
        {
            if (_byLink.TryGetValue(waiter.Link, out var there) && there.Remove(waiter) && there.Count == 0)
            {
                _byLink.Remove(waiter.Link);
            }

            _position = _byLink.Count == 0 ? null : _position;
        }
    }

    /// <param name="from">Where it stood: a room that was left and entered again meanwhile stands elsewhere, and stays there.</param>
    public void MoveTo(long position, long from)
    {
        lock (_gate)
        {
            _position = _position == from ? position : _position;
        }
    }

    public void Wake(IEnumerable<string> links)
    {
        lock (_gate)
        {
            foreach (var waiter in links.SelectMany(l => _byLink.GetValueOrDefault(l) ?? []))
            {
                waiter.Wake();
            }
        }
    }
}
