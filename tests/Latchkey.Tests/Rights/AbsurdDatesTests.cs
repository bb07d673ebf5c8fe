using Latchkey.Products;

namespace Latchkey.Tests.Rights;

/// <summary>Whatever dates a ping carries, its purchase can be folded.</summary>
public class AbsurdDatesTests
{
    private static readonly DateTimeOffset Now = Situation.Start.AddDays(1);

    public static TheoryData<DateTimeOffset> Dates { get; } =
        new(new DateTimeOffset(1, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));

    [Theory]
    [MemberData(nameof(Dates))]
    public void A_sale_of_any_day_is_folded(DateTimeOffset day)
    {
        var sale = Ping.Sale(("sale_timestamp", Ping.Time(day)));
        foreach (var test in new[] { false, true })
        {
            sale["test"] = test;
            new Situation(Acme.With(keyTypes: [Acme.Pro with { DurationDays = 36500 }])).Said(sale).RightsAt(Now);
        }
    }

    [Theory]
    [MemberData(nameof(Dates))]
    public void A_membership_with_any_dates_is_folded(DateTimeOffset day)
    {
        var club = Situation.WithClub(Acme.Studio with { TrialDays = 366, OnCompleted = OnCompleted.End });
        foreach (var canAsk in new[] { false, true })
        {
            new Situation(club, canAsk)
                .Said(Member.Charge(0, "Reader", ("sale_timestamp", Ping.Time(day)), ("recurrence", "every_two_years")))
                .RightsAt(Now);
            new Situation(club, canAsk)
                .Said(Member.Charge(0, "Patron", ("sale_timestamp", Ping.Time(day))))
                .Said(Member.Charge(1, "Patron"))
                .Said(Member.Upgrade(day, Member.Plan("Reader"), Member.Plan("Patron")))
                .Said(Member.Downgrade(day, Member.Plan("Patron"), Member.Plan("Reader")))
                .Said(Member.Cancellation(day, "due_to_payment_failures"))
                .Said(Member.Cancellation(day))
                .Said(Member.Ended(day, "failed_payment"))
                .Said(Member.Restarted(day))
                .RightsAt(Now);
            new Situation(club, canAsk).Said(Member.Charge(0, "Patron")).Said(Member.Cancellation(day, "due_to_payment_failures")).RightsAt(Now);
            new Situation(club, canAsk).Said(Member.Charge(0, "Patron")).Said(Member.Ended(day, "fixed_subscription_period_ended")).RightsAt(Now);
        }
    }
}
