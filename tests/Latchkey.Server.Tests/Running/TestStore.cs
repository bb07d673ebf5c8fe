using System.Collections.Concurrent;
using Latchkey.Postgres;
using Latchkey.Sqlite;
using Latchkey.Testing.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Server.Tests.Running;

/// <summary>
/// The store under the servers of this run: SQLite, or with <c>LATCHKEY_TEST_STORE=postgres</c> databases of one PostgreSQL, which lives
/// as long as the run. Whoever shares a data directory shares a database.
/// </summary>
internal static class TestStore
{
    private static readonly Lazy<PostgresServer> Server = new(Start);
    private static readonly ConcurrentDictionary<string, Lazy<string>> Databases = new();

    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("LATCHKEY_TEST_STORE") switch
    {
        null or "" or "sqlite" => false,
        "postgres" => true,
        var other => throw new InvalidOperationException($"LATCHKEY_TEST_STORE is '{other}'; use sqlite or postgres."),
    };

    /// <summary>For tests that are about PostgreSQL, whatever the others run on.</summary>
    public static PostgresServer Postgres => Server.Value;

    public static string ConnectionTo(string directory) => Postgres.ConnectionTo(Databases.GetOrAdd(directory, _ => new(Postgres.NewDatabase)).Value);

    /// <summary>As on the command line.</summary>
    public static string[] SettingsFor(string directory) => IsPostgres ? PostgresSettings(ConnectionTo(directory)) : [];

    public static string[] PostgresSettings(string connection) => ["--Latchkey:Store", "postgres", "--ConnectionStrings:Latchkey", connection];

    public static IServiceCollection AddStoreFor(this IServiceCollection services, string directory) => IsPostgres
        ? services.AddPostgresStore(new PostgresStoreOptions(ConnectionTo(directory)))
        : services.AddSqliteStore(new SqliteStoreOptions(Path.Combine(directory, "latchkey.db")));

    /// <summary>When nobody uses it any more.</summary>
    public static void DropOf(string directory)
    {
        if (Databases.TryRemove(directory, out var name))
        {
            Postgres.Drop(name.Value);
        }
    }

    private static PostgresServer Start()
    {
        var server = new PostgresServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }
}
