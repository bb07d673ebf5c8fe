using Npgsql;

namespace Latchkey.Postgres.Copying;

/// <summary>What the database knows of a copy into it, and what only this store has and is worked out once the rest is there.</summary>
internal static class CopyRows
{
    public const string Begin = "insert into copies (id, started_at) values (1, $1) on conflict do nothing";

    public const string Finish = "update copies set finished_at = $1 where id = 1";

    /// <summary>Whether a copy has begun here, whether it is finished, and whether the database belongs to an installation.</summary>
    public const string State = """
        select exists (select 1 from copies), exists (select 1 from copies where finished_at is not null), exists (select 1 from installation)
        """;

    public const string ReadyFromInbox = """
        insert into ready (tenant, due_at)
        select tenant, min(due_at) from inbox where due_at is not null group by tenant
        """;

    public const string ReadyFromPurchases = """
        insert into ready (tenant, due_at)
        select tenant, min(due_at) from purchases where due_at is not null group by tenant
        """;

    public const string Heads = """
        insert into outbox_heads (tenant, position, published_in)
        select tenant, max(position), pg_current_xact_id() from outbox where position is not null group by tenant
        """;

    private const string IsUnfinished = "select exists (select 1 from copies where finished_at is null)";

    /// <exception cref="InvalidOperationException">A copy into the database has begun and is not finished.</exception>
    public static void CheckFinished(NpgsqlDataSource source)
    {
        using var command = source.CreateCommand(IsUnfinished);
        if (command.ExecuteScalar() is true)
        {
            throw new InvalidOperationException(
                "The database holds a copy that is not finished. Stop the server that still works on SQLite and run 'latchkey copy' once more; start this one when it says done.");
        }
    }
}
