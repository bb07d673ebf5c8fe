using System.Diagnostics;
using System.Globalization;
using Latchkey.Crash;

namespace Latchkey.Nodes;

/// <summary>A node whose line to the database is cut, without anybody being told: once so that the line comes back as it was, once so that it is new.</summary>
internal sealed class CutOff(string program, string directory, int seed)
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CutFor = TimeSpan.FromSeconds(8);

    /// <summary>Gumroad waits so long for an answer. A timeout is no answer that it repeats everywhere; a 503 is.</summary>
    private static readonly TimeSpan GumroadWaits = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan NotReadyWithin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan BackWithin = TimeSpan.FromSeconds(45);

    public async Task<Verdict> RunAsync()
    {
        await using var house = await House.BuildAsync(program, directory, new Random(seed));
        await using var wire = new Wire(house.Database.Port);
        await house.StartNodeAsync(0, Database.ConnectionTo(wire.Port));
        using var shop = house.ShopAt(house.Ports[0], TimeSpan.FromSeconds(40));
        var said = new List<string>();
        foreach (var forgotten in new[] { false, true })
        {
            said.Add(await CutAsync(house, wire, shop, forgotten));
        }

        var ending = new Ending(house);
        await ending.QuietAsync(shop);
        await ending.InspectAsync(shop);
        return ending.Sum(Text($"{string.Join("; ", said)}; {house.Ledger.Answered.Count} pings acknowledged, {house.Ledger.Lost.Count} lost, {house.Ledger.Doubled.Count} doubled"));
    }

    private async Task<string> CutAsync(House house, Wire wire, Shop shop, bool forgotten)
    {
        var traffic = new Traffic(house.Ledger, [shop], seed);
        traffic.Start();
        await Task.Delay(Before);
        traffic.TakeSlowest();
        wire.Cut();
        var cut = Stopwatch.GetTimestamp();
        while (await shop.IsReadyAsync() && Stopwatch.GetElapsedTime(cut) < NotReadyWithin)
        {
            await Task.Delay(50);
        }

        var noticed = Stopwatch.GetElapsedTime(cut);
        if (noticed > NotReadyWithin)
        {
            house.Ledger.Wrong.Enqueue(Text($"/health/ready said ready, or nothing, for {noticed.TotalSeconds:0.0} s without the database"));
        }

        await Task.Delay(CutFor - Stopwatch.GetElapsedTime(cut) is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        var slowest = traffic.TakeSlowest();
        var busy = traffic.Busy;
        if (slowest > GumroadWaits || busy == 0)
        {
            house.Ledger.Wrong.Enqueue(Text($"without the database {busy} requests were answered busy, the slowest ping after {slowest.TotalSeconds:0.0} s"));
        }

        Array.ForEach(house.Mail, m => m.Excuse());
        wire.Mend(forgotten);
        var mended = Stopwatch.GetTimestamp();
        var (ready, stored) = (TimeSpan.Zero, TimeSpan.Zero);
        var before = traffic.Answered;
        while ((ready == TimeSpan.Zero || stored == TimeSpan.Zero) && Stopwatch.GetElapsedTime(mended) < BackWithin)
        {
            ready = ready == TimeSpan.Zero && await shop.IsReadyAsync() ? Stopwatch.GetElapsedTime(mended) : ready;
            stored = stored == TimeSpan.Zero && traffic.Answered > before + 20 ? Stopwatch.GetElapsedTime(mended) : stored;
            await Task.Delay(50);
        }

        if (ready == TimeSpan.Zero || stored == TimeSpan.Zero)
        {
            house.Ledger.Wrong.Enqueue(Text($"the node had not come back {BackWithin.TotalSeconds} s after its line had"));
        }

        await traffic.StopAsync();
        await traffic.RepeatUnansweredAsync(BackWithin);
        return Text($"{(forgotten ? "new line" : "same line")}: not ready after {noticed.TotalSeconds:0.0} s, slowest answer {slowest.TotalSeconds:0.0} s, {busy} times 503, ready {ready.TotalSeconds:0.0} s and storing {stored.TotalSeconds:0.0} s after it was mended");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
