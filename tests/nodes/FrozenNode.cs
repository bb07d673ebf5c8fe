using System.Diagnostics;
using System.Globalization;
using Latchkey.Crash;

namespace Latchkey.Nodes;

/// <summary>
/// A node that is frozen for longer than what it has claimed is its own, in the middle of a load and of its mails. The other one does its
/// work meanwhile; when it wakes up, it believes that everything is still its own.
/// </summary>
internal sealed class FrozenNode(string program, string directory, int seed)
{
    private const int Frozen = 0;
    private const int Other = 1;
    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AwakeFor = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan HeldWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RepeatedWithin = TimeSpan.FromSeconds(60);

    public async Task<Verdict> RunAsync()
    {
        await using var house = await House.BuildAsync(program, directory, new Random(seed));
        await house.StartNodeAsync(Frozen);
        await house.StartNodeAsync(Other);
        using var sleeper = house.ShopAt(house.Ports[Frozen], TimeSpan.FromSeconds(5));
        using var worker = house.ShopAt(house.Ports[Other], TimeSpan.FromMinutes(1));

        // It is frozen before its mail server has said a word: no mail is half handed over, so none may go out twice.
        var traffic = new Traffic(house.Ledger, [sleeper, worker], seed);
        traffic.Start();
        await Task.Delay(Phase);
        await house.Mail[Frozen].Hold().WaitAsync(HeldWithin);
        await Child.SignalAsync("STOP", house.Node(Frozen).ProcessId);
        var frozen = Stopwatch.GetTimestamp();
        await traffic.StopAsync();
        var others = new Traffic(house.Ledger, [worker], seed + 1);
        await others.RunAsync(Phase);
        await others.RepeatUnansweredAsync(RepeatedWithin);
        var ending = new Ending(house);
        await ending.QuietAsync(worker);
        var without = Stopwatch.GetElapsedTime(frozen);
        await CheckPublishedAsync(house);

        await Child.SignalAsync("CONT", house.Node(Frozen).ProcessId);
        house.Mail[Frozen].Release();
        using var awake = house.ShopAt(house.Ports[Frozen], TimeSpan.FromSeconds(40));
        var both = new Traffic(house.Ledger, [awake, worker], seed + 2);
        await both.RunAsync(AwakeFor);
        await both.RepeatUnansweredAsync(RepeatedWithin);
        await ending.QuietAsync(worker);
        await ending.InspectAsync(worker);
        return ending.Sum(string.Create(
            CultureInfo.InvariantCulture,
            $"the other node had done everything {without.TotalSeconds:0} s after the freeze; {house.Ledger.Answered.Count} pings acknowledged, {ending.Mails} mails, {house.Ledger.Lost.Count} lost, {house.Ledger.Doubled.Count} doubled"));
    }

    /// <summary>A frozen node must not hold up the tenant's messages either.</summary>
    private static async Task CheckPublishedAsync(House house)
    {
        if (await house.Database.CountAsync("select count(*) from outbox where position is null") is > 0 and var waiting)
        {
            house.Ledger.Wrong.Enqueue($"{waiting} messages were not published while the node was frozen");
        }
    }
}
