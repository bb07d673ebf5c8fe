namespace Latchkey.Sqlite;

internal sealed partial class SqliteWriter
{
    private const int CacheWrites = 9; // SQLITE_DBSTATUS_CACHE_WRITE

    private readonly SqliteCheckpointer _checkpointer;
    private int _pagesAtCheckpoint;

    private void Checkpoint()
    {
        SqliteCheckpointer.Move(_session);
        _pagesAtCheckpoint = PagesWritten();
    }

    /// <summary>Pages written to the log since the start.</summary>
    private int PagesWritten()
    {
        SQLitePCL.raw.sqlite3_db_status(_session.Connection.Handle!, CacheWrites, out var pages, out _, 0);
        return pages;
    }

    /// <summary>Keeps the log short. Most of the moving is done beside the writer; only the rest is left to it.</summary>
    private void KeepLogShort()
    {
        if (_checkpointer.TakeRest())
        {
            Checkpoint();
        }
        else if (PagesWritten() - _pagesAtCheckpoint >= _options.LongLogPages)
        {
            _checkpointer.Begin();
        }
    }
}
