namespace Latchkey.Simulator.Checkout;

/// <summary>How often memberships are paid.</summary>
internal static class Recurrences
{
    public const string Monthly = "monthly";

    /// <summary>Months in a period.</summary>
    public static int MonthsOf(string recurrence) => recurrence switch
    {
        Monthly => 1,
        "quarterly" => 3,
        "biannually" => 6,
        "yearly" => 12,
        "every_two_years" => 24,
        _ => throw new ArgumentException($"Recurrence: '{recurrence}' is none of monthly, quarterly, biannually, yearly, every_two_years."),
    };
}
