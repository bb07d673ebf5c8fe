namespace Latchkey.Postgres;

/// <param name="ConnectionString">Npgsql's.</param>
/// <param name="ReceiveBatch">How many waiting receives share one commit at most. 1 is a commit for each, to compare with.</param>
internal sealed record PostgresStoreOptions(string ConnectionString, int ReceiveBatch = 512)
{
    /// <summary>A receive that is not durable by then is answered as busy, whether it waits or its commit hangs.</summary>
    public TimeSpan ReceiveTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>More waiting receives than this are refused at once.</summary>
    public int MaxWaitingReceives { get; init; } = 20_000;

    /// <summary>More waiting bytes of bodies than this are refused at once.</summary>
    public long MaxWaitingBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Commits of receives that are under way at once.</summary>
    public int ReceiveCommits { get; init; } = 2;
}
