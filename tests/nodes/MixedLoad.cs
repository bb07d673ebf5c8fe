using System.Diagnostics;
using System.Globalization;
using Latchkey.Crash;

namespace Latchkey.Nodes;

/// <summary>
/// Two nodes behind nginx under a mixed load. One of them is killed and started again, twice; the other one is told to stop, and started
/// again; the database is stopped and started again.
/// </summary>
internal sealed class MixedLoad(string program, string directory, int seed)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RepeatedWithin = TimeSpan.FromSeconds(60);

    private readonly List<string> _log = [];

    public async Task<Verdict> RunAsync(TimeSpan time)
    {
        var dice = new Random(seed);
        await using var house = await House.BuildAsync(program, directory, dice);
        await house.StartNodeAsync(0);
        await house.StartNodeAsync(1);
        await using var proxy = await Proxy.StartAsync(directory, house.Ports, dice);
        using var shop = house.ShopAt(proxy.Port, Patience);
        await using var audience = new Audience(house, proxy.Port, seed);
        await audience.OpenAsync();

        var traffic = new Traffic(house.Ledger, [shop], seed, audience.Announce);
        var started = Stopwatch.GetTimestamp();
        traffic.Start();
        (double At, Func<Task> Break)[] breaks =
        [
            (0.15, () => KillAsync(house, 1)), (0.35, () => RestartDatabaseAsync(house)), (0.55, () => KillAsync(house, 1)), (0.75, () => StopAsync(house, 0)),
        ];
        foreach (var (at, act) in breaks)
        {
            await Task.Delay(Later((time * at) - Stopwatch.GetElapsedTime(started)));
            await act();
        }

        await Task.Delay(Later(time - Stopwatch.GetElapsedTime(started)));
        await traffic.StopAsync();
        var loaded = Stopwatch.GetElapsedTime(started);
        await traffic.RepeatUnansweredAsync(RepeatedWithin);
        var ending = new Ending(house);
        using var calm = house.ShopAt(proxy.Port, TimeSpan.FromMinutes(1));
        await ending.QuietAsync(calm);
        await ending.InspectAsync(calm);
        await audience.InspectAsync(calm);
        Print(house, traffic, audience, ending, loaded);
        return ending.Sum(string.Create(
            CultureInfo.InvariantCulture,
            $"{loaded.TotalSeconds:0} s, {house.Ledger.Answered.Count} pings and {house.Ledger.Activations.Count} activations acknowledged, {audience.Events} events on {audience.Streams} streams, {ending.Mails} mails; {house.Ledger.Lost.Count} lost, {house.Ledger.Doubled.Count} doubled"));
    }

    private static TimeSpan Later(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private async Task KillAsync(House house, int place)
    {
        await house.Node(place).KillAsync();
        await Task.Delay(Down);
        house.Mail[place].Excuse();
        await StartAgainAsync(house, place, "killed");
    }

    private async Task StopAsync(House house, int place)
    {
        var node = house.Node(place);
        var asked = Stopwatch.GetTimestamp();
        await Child.SignalAsync("TERM", node.ProcessId);
        using var late = new CancellationTokenSource(StopsWithin);
        await node.EndedAsync(late.Token);
        if (node.ExitCode != 0)
        {
            house.Ledger.Wrong.Enqueue($"a node that was told to stop ended with exit code {node.ExitCode}");
        }

        await StartAgainAsync(house, place, Text($"told to stop, ended in {Stopwatch.GetElapsedTime(asked).TotalSeconds:0.0} s"));
    }

    private async Task StartAgainAsync(House house, int place, string how)
    {
        var begun = Stopwatch.GetTimestamp();
        await house.StartNodeAsync(place);
        _log.Add(Text($"{TimeProvider.System.GetUtcNow():HH:mm:ss} node {place + 1} {how}, ready again in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s"));
    }

    private async Task RestartDatabaseAsync(House house)
    {
        var begun = Stopwatch.GetTimestamp();
        await house.Database.StopAsync();
        await Task.Delay(Down);
        Array.ForEach(house.Mail, m => m.Excuse());
        await house.Database.StartAgainAsync();
        _log.Add(Text($"{TimeProvider.System.GetUtcNow():HH:mm:ss} database stopped (fast) and started, {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s in all"));
    }

    private void Print(House house, Traffic traffic, Audience audience, Ending ending, TimeSpan loaded)
    {
        _log.ForEach(line => Console.WriteLine("  " + line));
        (string What, FormattableString Count)[] rows =
        [
            ("seconds of load", $"{loaded.TotalSeconds:0}"),
            ("pings acknowledged", $"{traffic.Answered}"),
            ("  sales, repeats, refunds", $"{traffic.Sales}, {traffic.Repeats}, {traffic.Refunds}"),
            ("entries in the inbox for them", $"{house.Ledger.Answered.Count}"),
            ("activations acknowledged", $"{traffic.Activations} ({house.Ledger.Activations.Count} slots)"),
            ("validations answered", $"{traffic.Validations}"),
            ("answered 502, 503, 504; not at all", $"{traffic.Busy}; {traffic.BrokenOff}"),
            ("longest wait of a ping", $"{traffic.TakeSlowest().TotalSeconds:0.0} s"),
            ("streams, opened", $"{audience.Streams}, {audience.Visits} times"),
            ("messages heard on a stream of all", $"{audience.Events}"),
            ("mails taken, last one after", $"{ending.Mails}, {ending.MailedAfter.TotalSeconds:0.0} s"),
            ("  of them again, cut off before noted", $"{ending.MailsAgain}"),
            ("lost, doubled, wrong", $"{house.Ledger.Lost.Count}, {house.Ledger.Doubled.Count}, {house.Ledger.Wrong.Count}"),
        ];
        foreach (var (what, count) in rows)
        {
            Console.WriteLine($"  {what,-38} {Text(count)}");
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
