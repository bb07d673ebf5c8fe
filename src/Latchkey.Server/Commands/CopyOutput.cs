using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Latchkey.Postgres.Copying;

namespace Latchkey.Server.Commands;

/// <summary>What <c>latchkey copy</c> prints: how far it is on a terminal, and at the end what each table has on both sides.</summary>
internal sealed class CopyOutput(bool asJson) : IProgress<CopyProgress>
{
    private const int ShownDigits = 16;
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);
    private static readonly string Blank = $"\r{new string(' ', 60)}\r";

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private long _shownAt;

    public void Report(CopyProgress value)
    {
        if (_isShown && (_shownAt == 0 || Stopwatch.GetElapsedTime(_shownAt) > Often))
        {
            _shownAt = Stopwatch.GetTimestamp();
            Console.Error.Write($"{Blank}{value.Table}: {Number(value.Rows)} rows");
        }
    }

    public void ClearProgress()
    {
        if (_shownAt != 0)
        {
            Console.Error.Write(Blank);
        }
    }

    public void Print(CopyReport report)
    {
        ClearProgress();
        if (asJson)
        {
            Console.WriteLine(JsonOf(report).ToJsonString());
            return;
        }

        Console.WriteLine($"{"table",-20}{"rows",12}{"written",12}  checksum, the same on both sides");
        foreach (var table in report.Tables)
        {
            Console.WriteLine($"{table.Name,-20}{Number(table.Source.Rows),12}{Number(table.Written),12}  {table.Source.Checksum[..ShownDigits]}");
        }

        var sums = $"{Number(report.Tables.Sum(t => t.Source.Rows))} rows, {Number(report.Tables.Sum(t => t.Written))} of them written now, in {Number(Math.Round(report.Took.TotalSeconds, 1))} s";
        Console.WriteLine(report.IsFinished
            ? $"done: {sums}. Start the servers on PostgreSQL with the same master key; do not start the one on SQLite again."
            : $"not finished: {sums}. The server still works on the source: stop it and run the same command again.");
    }

    private static JsonObject JsonOf(CopyReport report) => new()
    {
        ["finished"] = report.IsFinished,
        ["seconds"] = Math.Round(report.Took.TotalSeconds, 3),
        ["tables"] = new JsonArray([.. report.Tables.Select(t => (JsonNode)new JsonObject
        {
            ["name"] = t.Name,
            ["source"] = Side(t.Source),
            ["destination"] = Side(t.Destination),
            ["written"] = t.Written,
        })]),
    };

    private static JsonObject Side(CopySide side) => new() { ["rows"] = side.Rows, ["checksum"] = side.Checksum };

    private static string Number(double number) => number.ToString("#,0.#", CultureInfo.InvariantCulture);
}
