using System.CommandLine;
using System.Data.Common;
using Latchkey.Postgres.Copying;
using Npgsql;

namespace Latchkey.Server.Commands;

/// <summary><c>latchkey copy</c>.</summary>
internal static class CopyCommand
{
    private const string SqlitePrefix = "sqlite:";
    private const string PostgresPrefix = "postgres:";

    private static readonly Option<string> From = new("--from") { Description = "sqlite:PATH, the database file of a server that runs or not", Required = true };

    private static readonly Option<string> To = new("--to")
    {
        Description = "postgres:CONNECTION, an empty database, for example postgres:Host=db;Database=latchkey;Username=latchkey; 'postgres:' alone takes ConnectionStrings__Latchkey from the environment, where a password is not seen",
        Required = true,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Prints the report as JSON" };

    public static Command Create()
    {
        var copy = new Command("copy", "Copies everything from SQLite to PostgreSQL while the server goes on; run it again after stopping the server to finish") { From, To, Json };
        copy.SetAction(CopyAsync);
        return copy;
    }

    private static async Task<int> CopyAsync(ParseResult parsed, CancellationToken ct)
    {
        var path = SqlitePath(parsed.GetValue(From)!);
        var connection = ConnectionString(parsed.GetValue(To)!);
        var output = new CopyOutput(parsed.GetValue(Json));
        try
        {
            await using var copy = await PostgresCopy.OpenAsync(connection, TimeProvider.System, ct);
            var report = await CopyRun.RunAsync(path, copy, output, ct);
            output.Print(report);
            return report.IsFinished ? 0 : 1;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw new CommandException("Stopped; run the same command again to go on from there.");
        }
        catch (PostgresException e)
        {
            // The rest of what it says can name values.
            throw new CommandException($"PostgreSQL refuses: {e.MessageText} ({e.SqlState}).");
        }
        catch (DbException e)
        {
            throw new CommandException($"{e.Message} Run the same command again to go on from there.");
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(e.Message);
        }
        finally
        {
            output.ClearProgress();
        }
    }

    private static string SqlitePath(string from)
    {
        if (!from.StartsWith(SqlitePrefix, StringComparison.Ordinal) || from.Length == SqlitePrefix.Length)
        {
            throw new CommandException("--from is to be sqlite:PATH, for example sqlite:./data/latchkey.db.", 2);
        }

        var path = Path.GetFullPath(from[SqlitePrefix.Length..]);
        return File.Exists(path) ? path : throw new CommandException($"There is no database at {path}.");
    }

    /// <summary>What is wrong with it is not repeated: it may hold a password.</summary>
    private static string ConnectionString(string to)
    {
        const string wanted = "--to is to be postgres: and a connection string, for example postgres:Host=db.example.com;Database=latchkey;Username=latchkey.";
        if (!to.StartsWith(PostgresPrefix, StringComparison.Ordinal))
        {
            throw new CommandException(wanted, 2);
        }

        var given = to.Length > PostgresPrefix.Length ? to[PostgresPrefix.Length..] : Environment.GetEnvironmentVariable("ConnectionStrings__Latchkey");
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(given);
            return builder.Host is { Length: > 0 } ? builder.ConnectionString : throw new CommandException(wanted, 2);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new CommandException("The connection string of --to cannot be read; it is name=value pairs with ';' between them. " + wanted, 2);
        }
    }
}
