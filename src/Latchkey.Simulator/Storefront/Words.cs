using System.Globalization;

namespace Latchkey.Simulator.Storefront;

/// <summary>Money, times and periods as a person reads them.</summary>
internal static class Words
{
    public static string Dollars(int cents) => (cents / 100m).ToString("'$'#,0.00", CultureInfo.InvariantCulture);

    /// <summary>The value of an input for dollars.</summary>
    public static string Amount(int cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Cents of dollars typed with or without a fraction; null for anything else.</summary>
    public static int? Cents(string dollars) =>
        decimal.TryParse(dollars.Trim().TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && amount * 100 is >= 0 and <= int.MaxValue and var cents && cents == decimal.Truncate(cents)
            ? (int)cents
            : null;

    public static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at) => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>After a price: <c>a month</c>.</summary>
    public static string Per(string recurrence) => recurrence switch
    {
        "monthly" => "a month",
        "quarterly" => "every 3 months",
        "biannually" => "every 6 months",
        "yearly" => "a year",
        "every_two_years" => "every 2 years",
        _ => recurrence,
    };

    /// <summary>As a choice: <c>Monthly</c>.</summary>
    public static string Often(string recurrence) => recurrence switch
    {
        "monthly" => "Monthly",
        "quarterly" => "Quarterly",
        "biannually" => "Twice a year",
        "yearly" => "Yearly",
        "every_two_years" => "Every two years",
        _ => recurrence,
    };

    /// <summary>The sentence of an exception, without the parameter's name that .NET appends.</summary>
    public static string Sentence(Exception e)
    {
        var sentence = e.Message.Split('\n')[0].TrimEnd();
        return e is ArgumentException { ParamName: { } name } ? sentence.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : sentence;
    }
}
