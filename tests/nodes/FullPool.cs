using System.Globalization;
using Latchkey.Crash;

namespace Latchkey.Nodes;

/// <summary>A node with two connections to the database, of which it listens on one: slow or busy, but nothing is lost and nothing locks up.</summary>
internal sealed class FullPool(string program, string directory, int seed)
{
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan RepeatedWithin = TimeSpan.FromSeconds(60);

    public async Task<Verdict> RunAsync()
    {
        await using var house = await House.BuildAsync(program, directory, new Random(seed));
        await house.StartNodeAsync(0, Database.ConnectionTo(house.Database.Port, "Maximum Pool Size=2;"));
        using var shop = house.ShopAt(house.Ports[0], TimeSpan.FromSeconds(40));
        var traffic = new Traffic(house.Ledger, [shop], seed);
        await traffic.RunAsync(Load);
        await traffic.RepeatUnansweredAsync(RepeatedWithin);
        var ending = new Ending(house);
        await ending.QuietAsync(shop);
        await ending.InspectAsync(shop);
        if (traffic.BrokenOff > 0)
        {
            house.Ledger.Wrong.Enqueue($"{traffic.BrokenOff} requests had no answer");
        }

        return ending.Sum(string.Create(
            CultureInfo.InvariantCulture,
            $"{traffic.Answered} pings and {traffic.Activations} activations acknowledged, {traffic.Busy} times busy, slowest ping {traffic.TakeSlowest().TotalSeconds:0.0} s; {house.Ledger.Lost.Count} lost, {house.Ledger.Doubled.Count} doubled"));
    }
}
