using SQLitePCL;

namespace Latchkey.Server.Hosting;

/// <summary>
/// Settings of SQLite that hold for the whole process, so only the program may choose them, never the library:
/// no connection is used by two threads at a time here, so SQLite need not lock each one, nor count every allocation.
/// </summary>
internal static class SqliteTuning
{
    private const int MultiThread = 2; // SQLITE_CONFIG_MULTITHREAD
    private const int MemStatus = 9; // SQLITE_CONFIG_MEMSTATUS

    /// <summary>Call before the first connection is opened; afterwards SQLite refuses, and nothing changes.</summary>
    public static void Apply()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(MultiThread);
        _ = raw.sqlite3_config(MemStatus, 0);
    }
}
