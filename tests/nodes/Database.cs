using System.Diagnostics;
using System.Globalization;
using Latchkey.Crash;
using Npgsql;

namespace Latchkey.Nodes;

/// <summary>A PostgreSQL of the driver's own, durable, that can be stopped and started.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly Process _process;

    private Database(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<Database> StartAsync(Random dice)
    {
        var port = ServerProcess.FreePort(dice);
        var process = Child.Start("bash", Path.Combine(AppContext.BaseDirectory, "postgres.sh"), port.ToString(CultureInfo.InvariantCulture));
        var database = new Database(process, port);
        await database.HearAsync("ready");
        return database;
    }

    /// <param name="port">Where it is reached; its own port, or a wire's before it.</param>
    /// <param name="more">Further settings of the connection.</param>
    public static string ConnectionTo(int port, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Database=latchkey;Username=postgres;{more}");

    public Task StopAsync() => OrderAsync("stop", "stopped");

    public Task StartAgainAsync() => OrderAsync("start", "ready");

    /// <summary>The first column of every row, as text.</summary>
    public async Task<List<string>> AllAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo(Port, "Pooling=false"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // All of it is constant text of this program.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }

        return values;
    }

    public async Task<long> CountAsync(string sql) => long.Parse((await AllAsync(sql))[0], CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close(); // which is its sign to end
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task OrderAsync(string order, string answer)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        await HearAsync(answer);
    }

    private async Task HearAsync(string answer)
    {
        if (await _process.StandardOutput.ReadLineAsync() is var said && said != answer)
        {
            throw new InvalidOperationException($"PostgreSQL said '{said}' where '{answer}' was due.");
        }
    }
}
