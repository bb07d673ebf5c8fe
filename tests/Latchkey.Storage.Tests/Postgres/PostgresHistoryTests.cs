using Npgsql;

namespace Latchkey.Storage.Tests.Postgres;

public sealed class PostgresSubjectTests(PostgresServer server) : SubjectConformance
{
    private readonly PostgresStatements _statements = new(server);

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class PostgresTimeTests(PostgresServer server) : TimeConformance
{
    private readonly PostgresStatements _statements = new(server);

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class PostgresUnmappedTests(PostgresServer server) : UnmappedConformance
{
    private readonly PostgresStatements _statements = new(server);

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class PostgresReplayTests(PostgresServer server) : ReplayConformance
{
    private readonly PostgresStatements _statements = new(server);

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class PostgresLinkTests(PostgresServer server) : LinkConformance
{
    private readonly PostgresStatements _statements = new(server);

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class PostgresPurchaseLinkTests(PostgresServer server) : PurchaseLinkConformance
{
    private readonly PostgresStatements _statements = new(server);

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class PostgresFoldOrderTests(PostgresServer server) : FoldOrderConformance
{
    private readonly PostgresStatements _statements = new(server);

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

/// <summary>A store of its own that also takes statements, all on one connection.</summary>
internal sealed class PostgresStatements(PostgresServer server)
{
    private Func<NpgsqlConnection>? _connection; // closed with the store

    public OpenStore Open(TimeProvider time)
    {
        var name = server.NewDatabase();
        var connection = new NpgsqlConnection(server.ConnectionTo(name));
        connection.Open();
        _connection = () => connection;
        return server.Open(name, time, () =>
        {
            connection.Dispose();
            server.Drop(name);
        });
    }

    public async Task<IReadOnlyList<string>> RunAsync(string statement)
    {
        await using var command = new NpgsqlCommand(statement.Replace("x'00'", @"'\x00'", StringComparison.Ordinal), _connection!());
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetName(i)}={(reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i))}")));
        }

        return rows;
    }
}
