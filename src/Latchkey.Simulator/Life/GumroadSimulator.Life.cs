using Latchkey.Simulator.Faults;
using Latchkey.Simulator.Life;

namespace Latchkey.Simulator;

/// <content>A whole year at once.</content>
public sealed partial class GumroadSimulator
{
    /// <summary>
    /// Plays a scripted life of the shop with what is for sale now, advancing the clock through all its days, and lets the last pings
    /// out. Pre-ordered products are released halfway. Faults rest once the days are over: pings held back for more days would
    /// meet new ones for ever.
    /// </summary>
    /// <returns>What happened, once the last ping is delivered or given up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No buyers or no days.</exception>
    /// <exception cref="InvalidOperationException">The clock runs, or nothing is for sale without a limit.</exception>
    public async Task<LifeReport> LiveAsync(ShopLife life, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(life);
        ArgumentOutOfRangeException.ThrowIfLessThan(life.Buyers, 1, nameof(ShopLife.Buyers));
        ArgumentOutOfRangeException.ThrowIfLessThan(life.Days, 1, nameof(ShopLife.Days));
        if (Clock.Speed != 0)
        {
            throw new InvalidOperationException("A life is played by moving the clock, which must stand still: set Speed = 0.");
        }

        var products = Products.Where(ShopLife.Sells).ToList();
        if (products.Count == 0)
        {
            throw new InvalidOperationException("Nothing can be bought without a limit; add a published product without MaxPurchaseCount.");
        }

        var (from, attemptsBefore) = (Clock.GetUtcNow(), Attempts.Count);
        var script = new LifeScript(this, from.AddDays(life.Days));
        var codes = Ledger.Read(view => view.OfferCodes.Where(code => !code.IsDeleted).Select(code => code.Code).ToList());
        for (var number = 1; number <= life.Buyers; number++)
        {
            new Buyer(script, life, number, products, codes).Arrive(life.Days);
        }

        foreach (var product in products.Where(product => product.ReleaseAt > from))
        {
            script.At(from + (TimeSpan.FromDays(life.Days) / 2), late => ReleaseAsync(product.Permalink, late));
        }

        try
        {
            await AdvanceToAsync(from.AddDays(life.Days), ct);
        }
        finally
        {
            script.IsOver = true;
        }

        CountWhatTheClockDid(script, from);
        await LetLastPingsOutAsync(ct);
        return Report(script, from, from.AddDays(life.Days), Attempts.Skip(attemptsBefore));
    }

    private void CountWhatTheClockDid(LifeScript script, DateTimeOffset from) => Ledger.Read(view =>
    {
        script.Count(LifeEvents.Renewals, view.Sales.Count(sale => sale.At >= from && sale is { IsRecurringCharge: true, IsUpgrade: false }));
        script.Count(LifeEvents.Releases, view.Sales.Count(sale => sale.At >= from && sale is { IsPreorderAuthorization: true, PreorderReleased: true }));
        script.Count(LifeEvents.Ended, view.Subscriptions.Values.Count(subscription => subscription.EndedAt >= from));
        return view;
    });

    private async Task LetLastPingsOutAsync(CancellationToken ct)
    {
        var dials = Faults;
        Faults = FaultDials.None;
        try
        {
            await WhenQuietAsync(ct);
        }
        finally
        {
            Faults = dials;
        }
    }

    private static LifeReport Report(LifeScript script, DateTimeOffset from, DateTimeOffset to, IEnumerable<PingAttempt> attempts)
    {
        var all = attempts.ToList();
        var dropped = all.Count(attempt => attempt.Failure == PingAttempt.Dropped);
        return new LifeReport
        {
            From = from,
            To = to,
            Happened = script.Happened,
            Delivered = PingResources.All.ToDictionary(resource => resource, resource => all.Count(attempt => attempt.Delivered && attempt.Resource == resource)),
            Failed = all.Count(attempt => !attempt.Delivered) - dropped,
            Dropped = dropped,
        };
    }
}
