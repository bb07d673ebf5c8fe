namespace Latchkey.Rights;

/// <summary>Gumroad's recurrences in calendar months. Source: Gumroad's public server code, see docs/reference/gumroad.md.</summary>
internal static class Recurrences
{
    public static int? Months(string? recurrence) => recurrence switch
    {
        "monthly" => 1,
        "quarterly" => 3,
        "biannually" => 6,
        "yearly" => 12,
        "every_two_years" => 24,
        _ => null,
    };
}
