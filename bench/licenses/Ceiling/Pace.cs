using System.Diagnostics;

namespace Latchkey.Bench.StoreCeiling;

/// <summary>So many loops at once, each doing one thing after the other.</summary>
internal static class Pace
{
    private const double WarmUpSeconds = 1;

    /// <remarks>What a loop does in one turn counts as so many rows. It begins with a second that is not measured.</remarks>
    public static async Task MeasureAsync(string name, int loops, int seconds, Func<int, Func<Task>> loop, int rows = 1)
    {
        var begin = Stopwatch.GetTimestamp() + (long)(WarmUpSeconds * Stopwatch.Frequency);
        var end = begin + (seconds * Stopwatch.Frequency);
        var took = await Task.WhenAll(Enumerable.Range(0, loops).Select(i => Task.Run(() => TurnAsync(loop(i), begin, end))));
        long[] all = [.. took.SelectMany(t => t).Order()];
        Console.WriteLine(FormattableString.Invariant(
            $"{name} {(double)all.Length * rows / seconds:F0} {Microseconds(all, 0.50):F0} {Microseconds(all, 0.99):F0}"));
    }

    private static async Task<List<long>> TurnAsync(Func<Task> act, long begin, long end)
    {
        var took = new List<long>();
        for (var from = Stopwatch.GetTimestamp(); from < end;)
        {
            await act();
            var to = Stopwatch.GetTimestamp();
            if (from >= begin && to <= end)
            {
                took.Add(to - from);
            }

            from = to;
            await Task.Yield(); // the loops share the threads of the pool
        }

        return took;
    }

    private static double Microseconds(long[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))] * 1e6 / Stopwatch.Frequency;
}
