using Latchkey.Outbox;
using Latchkey.Subjects;

namespace Latchkey.Streams;

/// <summary>How a stream comes in without a gap between what it is told first and what it is told then.</summary>
internal sealed partial class StreamHub
{
    /// <param name="resumeAt">The last position the reader knows; null for a new one.</param>
    /// <param name="gone">The reader has gone.</param>
    public async Task OpenAsync(StreamConnection stream, long? resumeAt, CancellationToken gone)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, Stopping);
        var ct = either.Token;
        var range = await _outbox.RangeAsync(stream.Tenant, ct);
        await stream.StartAsync(ct);
        var known = resumeAt is { } at && range.Covers(at) ? resumeAt : null;
        var feed = _feeds.GetOrAdd(stream.Tenant, static tenant => new Feed(tenant));
        var woke = stream.Subject is { } subject
            ? await OpenSubjectAsync(stream, subject, feed, range, known, ct)
            : await OpenTenantAsync(stream, feed, range, known, ct);
        _wheel.Add(stream);
        if (woke)
        {
            _lookAgain.Enqueue(feed);
            _signal.Poke();
        }

        if (Stopping.IsCancellationRequested)
        {
            stream.Close(); // it came in while the others were being closed
        }
    }

    /// <summary>Safe for a stream that never came in.</summary>
    public void Leave(StreamConnection stream)
    {
        _wheel.Remove(stream);
        if (_feeds.TryGetValue(stream.Tenant, out var feed))
        {
            feed.Leave(stream);
        }
    }

    /// <summary>Joins first and reads the state then: whatever changes in between is told twice at most, and the stream takes the later one.</summary>
    private async Task<bool> OpenSubjectAsync(StreamConnection stream, string subject, Feed feed, OutboxRange range, long? known, CancellationToken ct)
    {
        feed.Join(stream, subject, range.Last, out var woke);
        var snapshot = await _subjects.ReadAsync(stream.Tenant, subject, ct);
        var isKnown = known is { } at && await IsKnownAsync(stream.Tenant, snapshot, at, ct);
        stream.Offer(snapshot, isKnown ? null : _text.State(snapshot, await ClaimsAsync(stream.Tenant, snapshot.Root, ct)));
        return woke;
    }

    /// <summary>The state was there already at that position.</summary>
    private async Task<bool> IsKnownAsync(string tenant, SubjectSnapshot snapshot, long position, CancellationToken ct)
    {
        if (snapshot.Subject != snapshot.Root)
        {
            return false; // since when it answers as the user who claimed it is not asked: the state is told again
        }

        return snapshot.Version == 0
            || await _outbox.PositionOfAsync(tenant, OutboxIds.EntitlementsKey(snapshot.Root, snapshot.Version), ct) <= position;
    }

    /// <summary>Reads by itself, as fast as the reader takes it, until it has caught up with the others.</summary>
    private async Task<bool> OpenTenantAsync(StreamConnection stream, Feed feed, OutboxRange range, long? known, CancellationToken ct)
    {
        if (known is { } at)
        {
            stream.BeginAt(at);
        }
        else
        {
            await stream.WriteAsync(_text.Hello(range.Last), range.Last, ct);
        }

        bool woke;
        do
        {
            while (await _outbox.ReadAsync(stream.Tenant, stream.Position, PageSize, ct) is { Count: > 0 } messages)
            {
                var page = _text.Page(messages);
                await stream.WriteAsync(page.Text, page.Last, ct);
            }
        }
        while (!feed.TryJoin(stream, out woke));

        return woke;
    }
}
