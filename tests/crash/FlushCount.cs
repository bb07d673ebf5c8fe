using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Latchkey.Crash;

/// <summary>
/// Pings one after another under strace: each must have waited for a flush that ended between its being sent and its being
/// answered. Folding is paused, so no other commit can be taken for a ping's.
/// </summary>
internal sealed partial class FlushCount(string program, string directory)
{
    private static readonly TimeSpan WrittenWithin = TimeSpan.FromSeconds(10);

    public async Task<Verdict> RunAsync(int pings)
    {
        var trace = Path.Combine(directory, "trace");
        string[] strace = ["strace", "-D", "-f", "--seccomp-bpf", "-ttt", "-T", "-e", "trace=fdatasync,fsync", "-e", "signal=kill", "-o", trace];
        await using var server = await ServerProcess.StartAsync(
            program, directory, ServerProcess.FreePort(Random.Shared), ["--Latchkey:Measure:PauseFolding", "true"], strace);
        await server.Shop.OpenAsync();
        var sent = new List<(decimal From, decimal To)>();
        for (var i = 0; i < pings; i++)
        {
            var form = Sale.New(i).Bought.Form;
            var from = Now();
            var answer = await server.Shop.PingAsync(form);
            sent.Add((from, Now()));
            if (answer.Status != HttpStatusCode.OK)
            {
                return new(false, $"a ping was answered {(int)answer.Status}");
            }
        }

        await server.KillAsync();
        var flushes = await FlushesAsync(trace);
        var between = flushes.Count(f => f >= sent[0].From && f <= sent[^1].To);
        var waited = sent.Count(s => flushes.Exists(f => f >= s.From && f <= s.To));
        return new(
            waited == pings && between >= pings,
            $"{between} flushes between the first and the last of {pings} pings sent one after another; {waited} of them were answered after their own");
    }

    /// <summary>The system's clock, by which strace goes too, in seconds.</summary>
    private static decimal Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond;

    /// <summary>When each flush that succeeded had ended.</summary>
    private static async Task<List<decimal>> FlushesAsync(string trace)
    {
        using var late = new CancellationTokenSource(WrittenWithin);
        string text;
        while (!(text = await File.ReadAllTextAsync(trace, late.Token)).Contains("+++ killed by SIGKILL", StringComparison.Ordinal))
        {
            await Task.Delay(20, late.Token); // strace writes the rest when the server is gone
        }

        return [.. Flush().Matches(text).Select(EndOf)];
    }

    /// <summary>A call that was going on while others were has two lines; the second one's time is its end already.</summary>
    private static decimal EndOf(Match flush)
    {
        decimal Seconds(string group) => decimal.Parse(flush.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        return Seconds("at") + (flush.Groups["resumed"].Success ? 0 : Seconds("took"));
    }

    [GeneratedRegex(@"^\d+ +(?<at>\d+\.\d+) (?<resumed><\.\.\. )?(fdatasync|fsync)(\(\d+\)| resumed>.*?\)) += 0 <(?<took>\d+\.\d+)>", RegexOptions.Multiline)]
    private static partial Regex Flush();
}
