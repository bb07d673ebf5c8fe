namespace Latchkey.Storage.Tests;

/// <summary>A ping, and when it was first attempted.</summary>
internal sealed record Heard(Said What, DateTimeOffset SeenAt);

/// <summary>Histories of one purchase each, by a buyer of its own: one-off sales and memberships, of all eight events, some heard twice.</summary>
internal static class RandomHistory
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 9, 0, 0, TimeSpan.Zero);

    public static IEnumerable<IReadOnlyList<Heard>> Many(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var heard = (random.Next(3) == 0 ? OneOff(i, random) : Membership(i, random)).ToList();
            heard.AddRange(heard.Where(_ => random.Next(8) == 0).Select(h => h with { SeenAt = h.SeenAt.AddMinutes(random.Next(1, 5000)) }).ToList());
            yield return heard;
        }
    }

    private static IEnumerable<Heard> OneOff(int number, Random random)
    {
        var at = Start.AddMinutes(random.Next(100_000));
        var sale = Said.Sale($"sale-{number}", at, $"buyer-{number}@example.org", random.Next(10) == 0 ? Said.Unknown : Said.App);
        sale = random.Next(2) == 0 ? sale.With("license_key", $"{number:X8}-1BF44E7C-AEA6B1CA-67C9D311") : sale;
        yield return new(sale, at);
        foreach (var (resource, flags) in new[] { ("refund", "refunded"), ("refund", ""), ("dispute", "disputed"), ("dispute_won", "disputed dispute_won") })
        {
            if (random.Next(3) == 0)
            {
                at = at.AddMinutes(random.Next(20_000));
                yield return new(sale.Later(resource, flags.Split(' ', StringSplitOptions.RemoveEmptyEntries)), at);
            }
        }
    }

    private static IEnumerable<Heard> Membership(int number, Random random)
    {
        var (id, email, tier) = ($"club-{number}", $"member-{number}@example.org", "Reader");
        var at = Start.AddMinutes(random.Next(100_000));
        var bought = at;
        var charge = Said.Charge(id, $"charge-{number}-0", at, email, tier);
        yield return new(charge, at);
        for (var month = 1; month <= 6; month++)
        {
            at = bought.AddMonths(month - 1).AddMinutes(random.Next(1, 30_000));
            switch (random.Next(9))
            {
                case 0:
                    yield return new(charge.Later("refund", "refunded"), at);
                    break;
                case 1:
                    yield return new(charge.Later("dispute", "disputed"), at);
                    break;
                case 2:
                    yield return new(charge.Later("dispute_won", "disputed", "dispute_won"), at);
                    break;
                case 3:
                    yield return new(Said.Cancelled(id, email, bought.AddMonths(month), forFailedPayments: random.Next(2) == 0), at);
                    break;
                case 4:
                    yield return new(Said.Ended(id, email, at, new[] { "cancelled", "failed_payment", "fixed_subscription_period_ended" }[random.Next(3)]), at);
                    break;
                case 5:
                    yield return new(Said.Restarted(id, email, at), at);
                    break;
                case 6:
                    var (from, upgrade) = (tier, tier == "Reader");
                    tier = upgrade ? "Patron" : "Reader";
                    yield return new(Said.Changed(id, email, upgrade, upgrade ? at : bought.AddMonths(month), from, tier), at);
                    break;
            }

            at = bought.AddMonths(month);
            charge = Said.Charge(id, $"charge-{number}-{month}", at, email, tier, recurring: true);
            if (random.Next(6) > 0)
            {
                yield return new(charge, at.AddMinutes(random.Next(60)));
            }
        }
    }
}
