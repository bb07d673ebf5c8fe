namespace Latchkey.Sqlite;

/// <param name="Path">The database file. Its folder is made where it is missing, readable by the owner only.</param>
/// <param name="ReceiveBatch">How many waiting receives share one commit at most. 1 is a commit for each, to compare with.</param>
/// <param name="Readers">Read connections at most.</param>
internal sealed record SqliteStoreOptions(string Path, int ReceiveBatch = 512, int Readers = 8)
{
    /// <summary>A receive that is not durable by then is answered as busy, whether it waits or its commit hangs.</summary>
    public TimeSpan ReceiveTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>More waiting receives than this are refused at once.</summary>
    public int MaxWaitingReceives { get; init; } = 20_000;

    /// <summary>More waiting bytes of bodies than this are refused at once.</summary>
    public long MaxWaitingBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Other work than receives gives way to the commit after this long.</summary>
    public TimeSpan WorkSlice { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>From so many pages of 4 KiB on, the log is moved into the database.</summary>
    public int LongLogPages { get; init; } = 16_384;

    /// <summary>Called by the writer just before each commit. For tests, which stop it there.</summary>
    public Action? BeforeCommit { get; init; }
}
