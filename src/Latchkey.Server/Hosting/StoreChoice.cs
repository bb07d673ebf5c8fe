using Latchkey.Postgres;
using Latchkey.Sqlite;
using Npgsql;

namespace Latchkey.Server.Hosting;

/// <summary>The store that the settings name.</summary>
internal static class StoreChoice
{
    private const string Name = "Latchkey";
    private const string Setting = $"{LatchkeyOptions.Section}:{nameof(LatchkeyOptions.Store)}";
    private const string Example = "Host=db.example.com;Database=latchkey;Username=latchkey";

    /// <exception cref="InvalidOperationException">There is no such store, or its connection string is missing or another store's.</exception>
    public static LatchkeyBuilder UseChosenStore(this LatchkeyBuilder builder, IConfiguration configuration)
    {
        var connection = configuration.GetConnectionString(Name);
        return (configuration[Setting] ?? "sqlite") switch
        {
            "sqlite" when NamesServer(connection) => throw new InvalidOperationException(
                $"ConnectionStrings:{Name} names a database server, but {Setting} is sqlite, whose connection string is a file's path; set {Setting} to postgres."),
            "sqlite" => builder.UseSqlite(),
            "postgres" when string.IsNullOrWhiteSpace(connection) => throw new InvalidOperationException(
                $"{Setting} is postgres, so set ConnectionStrings:{Name} to its connection string, for example {Example}."),
            "postgres" when !NamesServer(connection) => throw new InvalidOperationException(
                $"ConnectionStrings:{Name} is no connection string of PostgreSQL's; use one such as {Example}."),
            "postgres" => builder.UsePostgres(connection),
            var other => throw new InvalidOperationException($"{Setting} is '{other}'; use sqlite or postgres."),
        };
    }

    /// <summary>Whether this is a connection string that Npgsql reads. What it holds is never shown: there may be a password in it.</summary>
    private static bool NamesServer(string? connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection).Host is { Length: > 0 };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            return false;
        }
    }
}
