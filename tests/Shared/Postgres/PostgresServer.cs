using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Latchkey.Postgres;
using Npgsql;

namespace Latchkey.Testing.Postgres;

/// <summary>
/// One PostgreSQL for the whole run: started when a test first asks for it, stopped when the run ends, however it ends.
/// Every test has a database of its own.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private const int StartTries = 3;
    private const string Template = "latchkey_template";
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(30);

    private readonly Lazy<(Process Process, int Port)> _server = new(Start);
    private readonly Lazy<string> _template;
    private int _databases;

    public PostgresServer() => _template = new(MakeTemplate);

    public void Dispose()
    {
        if (!_server.IsValueCreated)
        {
            return;
        }

        var process = _server.Value.Process;
        process.StandardInput.Close(); // which is its sign to stop
        if (!process.WaitForExit(StopWithin))
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    /// <summary>A new database with all tables.</summary>
    internal string NewDatabase() => Create(_template.Value);

    /// <summary>A new database without tables.</summary>
    internal string NewEmptyDatabase() => Create("template1");

    internal void Drop(string name) => Execute($"drop database {name} with (force)");

    internal string ConnectionTo(string name) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = _server.Value.Port,
        Username = "postgres",
        Database = name,
        MaxPoolSize = 50,
    }.ConnectionString;

    private static (Process Process, int Port) Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var process = Process.Start(new ProcessStartInfo(
                "bash", [Path.Combine(AppContext.BaseDirectory, "postgres.sh"), port.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            if (process.StandardOutput.ReadLine() == "ready")
            {
                return (process, port);
            }

            process.Dispose();
            if (attempt == StartTries)
            {
                throw new InvalidOperationException("PostgreSQL did not start; why stands on the standard error output.");
            }

            // Somebody else may have taken the port meanwhile.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string MakeTemplate()
    {
        Execute($"create database {Template}");
        PostgresDatabase.Open(new PostgresStoreOptions(ConnectionTo(Template)), TimeProvider.System).Dispose();
        return Template;
    }

    private string Create(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        Execute($"create database {name} template {template} strategy file_copy");
        return name;
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
