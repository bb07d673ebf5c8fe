namespace Latchkey.Simulator.Life;

/// <summary>What one member does with a membership. The renewals are not here: the clock makes them.</summary>
internal sealed class Member(LifeScript script, Dice dice, SimulatedProduct product, string id)
{
    private static readonly TimeSpan WhileGumroadStillTries = TimeSpan.FromDays(2);
    private static readonly TimeSpan LongAfterwards = TimeSpan.FromDays(20);

    private readonly List<string> _tiers =
        product.Variants.FirstOrDefault(category => category.Title == "Tier")?.Choices.Select(choice => choice.Name).ToList() ?? [];

    private GumroadSimulator Gumroad => script.Gumroad;

    private SimulatedMembership State => Gumroad.FindMembership(id)!;

    public void Live()
    {
        PerhapsAfter(.25, 3, 90, _tiers.Count > 1, ChangeTierAsync);
        PerhapsAfter(.2, 3, 90, product.IsMultiseat, ChangeSeatsAsync);
        PerhapsAfter(.1, 3, 90, product.OtherRecurrences.Count > 0, ChangeRecurrenceAsync);
        PerhapsAfter(.2, 3, 120, applies: true, DeclineAsync);
        PerhapsAfter(.35, 3, 180, applies: true, CancelAsync);
        PerhapsAfter(.04, 10, 120, applies: true, RefundLatestAsync);
    }

    private void PerhapsAfter(double probability, int leastDays, int mostDays, bool applies, Func<CancellationToken, Task> act)
    {
        if (applies && dice.Chance(probability))
        {
            script.At(script.Now + dice.Days(leastDays, mostDays), act);
        }
    }

    private async Task ChangeTierAsync(CancellationToken ct)
    {
        var now = State.Tier;
        var tier = dice.Pick([.. _tiers.Where(name => name != now)]);
        await Gumroad.ChangePlanAsync(id, tier: tier, ct: ct);
        // A downgrade waits for the next renewal.
        script.Count(State.Tier == tier ? LifeEvents.Upgrades : LifeEvents.Downgrades);
    }

    private async Task ChangeSeatsAsync(CancellationToken ct)
    {
        var now = State.Seats;
        await Gumroad.ChangePlanAsync(id, seats: now > 1 && dice.Chance(.5) ? now - 1 : now + dice.Between(1, 5), ct: ct);
        script.Count(LifeEvents.SeatChanges);
    }

    private async Task ChangeRecurrenceAsync(CancellationToken ct)
    {
        var now = State.Recurrence;
        await Gumroad.ChangePlanAsync(id, recurrence: dice.Pick([.. product.Recurrences.Where(name => name != now)]), ct: ct);
        script.Count(LifeEvents.RecurrenceChanges);
    }

    private async Task DeclineAsync(CancellationToken ct)
    {
        await Gumroad.DeclineCardAsync(id, ct: ct);
        script.Count(LifeEvents.DeclinedCards);
        if (dice.Chance(.4))
        {
            script.At(State.PaidUntil + WhileGumroadStillTries, RepairAsync);
        }
        else if (dice.Chance(.5))
        {
            script.At(State.PaidUntil + LongAfterwards, RepairAsync);
            script.At(State.PaidUntil + LongAfterwards, RestartAsync);
        }
    }

    private async Task RepairAsync(CancellationToken ct)
    {
        await Gumroad.DeclineCardAsync(id, declines: false, ct);
        script.Count(LifeEvents.RepairedCards);
    }

    private async Task CancelAsync(CancellationToken ct)
    {
        await Gumroad.CancelAsync(id, dice.Pick([CancelledBy.Buyer, CancelledBy.Buyer, CancelledBy.Buyer, CancelledBy.Seller, CancelledBy.Admin]), ct);
        script.Count(LifeEvents.Cancellations);
        if (dice.Chance(.25))
        {
            script.At(script.Now + dice.Days(0, 10), RestartAsync);
        }
        else if (dice.Chance(.5))
        {
            script.At(State.PaidUntil + dice.Days(1, 60), RestartAsync);
        }
    }

    private async Task RestartAsync(CancellationToken ct)
    {
        var hadEnded = State.EndedAt is not null;
        await Gumroad.RestartAsync(id, ct);
        script.Count(hadEnded ? LifeEvents.Restarts : LifeEvents.TakenBack);
    }

    private async Task RefundLatestAsync(CancellationToken ct)
    {
        await Gumroad.RefundAsync(State.SaleIds[^1], ct);
        script.Count(LifeEvents.FullRefunds);
    }
}
