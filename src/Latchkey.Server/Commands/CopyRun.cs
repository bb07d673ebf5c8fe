using System.Diagnostics;
using Latchkey.Postgres.Copying;
using Latchkey.Sqlite.Copying;

namespace Latchkey.Server.Commands;

/// <summary>What a copy came to.</summary>
/// <param name="IsFinished">Whether nodes may start on the destination; false while the source is served.</param>
/// <param name="Tables">Of the last pass.</param>
/// <param name="Took">All passes together.</param>
internal sealed record CopyReport(bool IsFinished, IReadOnlyList<CopiedTable> Tables, TimeSpan Took);

/// <summary>Passes over the source until one was made while no server could work on it.</summary>
internal static class CopyRun
{
    public static async Task<CopyReport> RunAsync(string path, PostgresCopy copy, IProgress<CopyProgress> progress, CancellationToken ct)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var stands = SqliteServeLock.TryTake(path); ; stands = SqliteServeLock.TryTake(path))
        {
            using (stands)
            {
                var tables = await PassAsync(path, copy, progress, ct);
                if (stands is not null)
                {
                    await copy.FinishAsync(ct);
                    return new(true, tables, Stopwatch.GetElapsedTime(begun));
                }

                if (IsServed(path))
                {
                    return new(false, tables, Stopwatch.GetElapsedTime(begun));
                }
            }

            // The server was stopped meanwhile: what it did since is a short pass more.
        }
    }

    private static async Task<IReadOnlyList<CopiedTable>> PassAsync(string path, PostgresCopy copy, IProgress<CopyProgress> progress, CancellationToken ct)
    {
        using var snapshot = SqliteSnapshot.Open(path);
        return await copy.PassAsync(snapshot.Tables.Select(t => new CopyTable(t.Name, t.Columns, t.Key, () => snapshot.Rows(t))), progress, ct);
    }

    private static bool IsServed(string path)
    {
        using var stands = SqliteServeLock.TryTake(path);
        return stands is null;
    }
}
