namespace Latchkey.Storage.Tests.Sqlite;

public sealed class SqliteSubjectTests : SubjectConformance
{
    private readonly SqliteStatements _statements = new();

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class SqliteTimeTests : TimeConformance
{
    private readonly SqliteStatements _statements = new();

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}

public sealed class SqliteUnmappedTests : UnmappedConformance
{
    private readonly SqliteStatements _statements = new();

    private protected override OpenStore Open(TimeProvider time) => _statements.Open(time);

    private protected override Task<IReadOnlyList<string>> SqlAsync(string statement) => _statements.RunAsync(statement);
}
