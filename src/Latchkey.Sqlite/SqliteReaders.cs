using System.Collections.Concurrent;

namespace Latchkey.Sqlite;

/// <summary>A few read connections that are passed around. SQLite's calls are synchronous; only the wait for a free one is not.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open, int count) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _free = [];
    private readonly SemaphoreSlim _slots = new(count);

    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken ct)
    {
        await _slots.WaitAsync(ct);
        try
        {
            var session = _free.TryTake(out var free) ? free : open();
            try
            {
                return read(session);
            }
            finally
            {
                _free.Add(session);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>All statements see the database as it is at one moment.</summary>
    public Task<T> SnapshotAsync<T>(Func<SqliteSession, T> read, CancellationToken ct) => ReadAsync(
        session =>
        {
            session.Execute("begin");
            try
            {
                return read(session);
            }
            finally
            {
                session.Execute("commit");
            }
        },
        ct);

    public void Dispose()
    {
        while (_free.TryTake(out var session))
        {
            session.Dispose();
        }

        _slots.Dispose();
    }
}
