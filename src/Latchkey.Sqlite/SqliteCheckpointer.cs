using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite;

/// <summary>
/// Moves what the log holds into the database, on a thread and a connection of its own: done inside commits, it takes more
/// of the writer's time than the commits themselves. It works beside the writer until little is left; that rest the writer
/// moves itself, between two commits, after which the log begins anew.
/// </summary>
internal sealed class SqliteCheckpointer : IDisposable
{
    private const int LittleShare = 8;
    private const int MostPasses = 8;

    private readonly SqliteSession _session;
    private readonly int _littlePages;
    private readonly AutoResetEvent _due = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;
    private volatile bool _restIsDue;

    /// <param name="session">A connection of its own.</param>
    /// <param name="longLogPages">What a long log is; an eighth of it is little.</param>
    public SqliteCheckpointer(SqliteSession session, int longLogPages)
    {
        _session = session;
        _littlePages = longLogPages / LittleShare;
        _thread = new Thread(Loop) { IsBackground = true, Name = "latchkey sqlite checkpoint" };
        _thread.Start();
    }

    /// <summary>The log has grown long enough to be moved.</summary>
    public void Begin()
    {
        if (!_restIsDue)
        {
            _due.Set();
        }
    }

    /// <summary>Whether little is left that the writer is to move. Asking takes the answer back.</summary>
    public bool TakeRest()
    {
        var rest = _restIsDue;
        _restIsDue = false;
        return rest;
    }

    public void Dispose()
    {
        _stopping = true;
        _due.Set();
        _thread.Join();
        _due.Dispose();
        _session.Dispose();
    }

    /// <returns>How many pages are left in the log.</returns>
    public static int Move(SqliteSession session)
    {
        try
        {
            // Passive: it never waits for a reader, so it cannot hold up a receive.
            return session.First("pragma wal_checkpoint(passive)", r => r.GetInt32(1) - r.GetInt32(2));
        }
        catch (SqliteException)
        {
            // The disk is full or failing: the log stays longer, nothing is lost, and the next commit reports it.
            return 0;
        }
    }

    private void Loop()
    {
        while (true)
        {
            _due.WaitOne();
            if (_stopping)
            {
                return;
            }

            // Each pass moves what came during the one before, so each is shorter.
            for (var pass = 0; pass < MostPasses && !_stopping && Move(_session) > _littlePages; pass++)
            {
            }

            _restIsDue = true;
        }
    }
}
