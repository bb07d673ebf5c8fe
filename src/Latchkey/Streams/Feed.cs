using Latchkey.Subjects;

namespace Latchkey.Streams;

/// <summary>The open streams of one tenant, and up to where they have been told.</summary>
internal sealed class Feed(string tenant)
{
    private const long Asleep = -1;

    private readonly Lock _gate = new();
    private readonly List<StreamConnection> _all = [];
    private readonly Dictionary<string, List<StreamConnection>> _bySubject = new(StringComparer.Ordinal);
    private long _position = Asleep;
    private int _addresses;

    public string Tenant => tenant;

    /// <summary>Subjects whose messages were read, and whose streams are still to be told. Belongs to the one who reads.</summary>
    public HashSet<string> Changed { get; } = new(StringComparer.Ordinal);

    /// <summary>Where to read on; null while nobody listens.</summary>
    public long? Position
    {
        get
        {
            lock (_gate)
            {
                return _position == Asleep ? null : _position;
            }
        }
    }

    /// <summary>False while the feed is ahead of the stream, which has to read on by itself first.</summary>
    /// <param name="woke">The feed was asleep, and may have missed a call.</param>
    public bool TryJoin(StreamConnection stream, out bool woke)
    {
        lock (_gate)
        {
            woke = _position == Asleep;
            if (_position > stream.Position)
            {
                return false;
            }

            _position = woke ? stream.Position : _position;
            _all.Add(stream);
            return true;
        }
    }

    /// <summary>A stream of one subject may join at any time before its state is read.</summary>
    /// <param name="position">Where to begin when the feed was asleep.</param>
    /// <inheritdoc cref="TryJoin(StreamConnection, out bool)"/>
    public void Join(StreamConnection stream, string subject, long position, out bool woke)
    {
        lock (_gate)
        {
            woke = _position == Asleep;
            _position = woke ? position : _position;
            if (!_bySubject.TryGetValue(subject, out var streams))
            {
                _bySubject.Add(subject, streams = new(1));
                _addresses += Subject.IsEmail(subject) ? 1 : 0;
            }

            streams.Add(stream);
        }
    }

    public void Leave(StreamConnection stream)
    {
        lock (_gate)
        {
            if (stream.Subject is not { } subject)
            {
                _all.RemoveUnordered(stream);
            }
            else if (_bySubject.TryGetValue(subject, out var streams))
            {
                streams.RemoveUnordered(stream);
                if (streams.Count == 0)
                {
                    _bySubject.Remove(subject);
                    _addresses -= Subject.IsEmail(subject) ? 1 : 0;
                }
            }

            if (_all.Count == 0 && _bySubject.Count == 0)
            {
                _position = Asleep;
            }
        }
    }

    /// <summary>Somebody hears all messages.</summary>
    public bool HasListenersToAll
    {
        get
        {
            lock (_gate)
            {
                return _all.Count > 0;
            }
        }
    }

    /// <summary>Somebody asks after an e-mail address, which a user may have claimed.</summary>
    public bool HasAddresses
    {
        get
        {
            lock (_gate)
            {
                return _addresses > 0;
            }
        }
    }

    /// <param name="page">What was read; null when nobody hears all messages.</param>
    /// <param name="from">Where it was read from: a feed that stands elsewhere by now is left alone, and read again.</param>
    /// <param name="last">The position of the last of it.</param>
    /// <returns>False when somebody came in meanwhile who wants the page: make it, and call again.</returns>
    public bool TryPublish(StreamPage? page, long from, long last)
    {
        lock (_gate)
        {
            if (_position != from)
            {
                return true;
            }

            if (page is null && _all.Count > 0)
            {
                return false;
            }

            _all.ForEach(stream => stream.Offer(page!));
            _position = last;
            return true;
        }
    }

    public void Publish(SubjectSnapshot snapshot, ReadOnlyMemory<byte> text)
    {
        lock (_gate)
        {
            if (_bySubject.TryGetValue(snapshot.Subject, out var streams))
            {
                streams.ForEach(stream => stream.Offer(snapshot, text));
            }
        }
    }

    public bool HasListenersTo(string subject)
    {
        lock (_gate)
        {
            return _bySubject.ContainsKey(subject);
        }
    }

    public IReadOnlyList<StreamConnection> Streams()
    {
        lock (_gate)
        {
            return [.. _all, .. _bySubject.Values.SelectMany(s => s)];
        }
    }
}
