using System.Globalization;

namespace Latchkey.Simulator.Api;

/// <summary>Times in words, as Rails puts them.</summary>
internal static class TimeText
{
    private const int MinutesADay = 1440;
    private const int MinutesAMonth = 43_200;
    private const int MinutesAYear = 525_600;

    /// <summary><c>14 Mar 2026 9:26 AM</c>, in UTC where Gumroad takes the seller's zone.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy h:mm tt", CultureInfo.InvariantCulture);

    /// <summary><c>Mar 14, 2026</c>.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("MMM d, yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>3 days ago</c>.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => Distance((long)Math.Round(Math.Abs((now - at).TotalMinutes))) + " ago";

    private static string Distance(long minutes) => minutes switch
    {
        < 1 => "less than a minute",
        < 45 => Count(minutes, "minute"),
        < 90 => "about 1 hour",
        < MinutesADay => "about " + Count(Rounded(minutes, 60), "hour"),
        < 2520 => "1 day",
        < MinutesAMonth => Count(Rounded(minutes, MinutesADay), "day"),
        < 2 * MinutesAMonth => "about " + Count(Rounded(minutes, MinutesAMonth), "month"),
        < MinutesAYear => Count(Rounded(minutes, MinutesAMonth), "month"),
        _ => Years(minutes / MinutesAYear, minutes % MinutesAYear),
    };

    private static string Years(long years, long rest) => rest switch
    {
        < MinutesAYear / 4 => "about " + Count(years, "year"),
        < MinutesAYear / 4 * 3 => "over " + Count(years, "year"),
        _ => "almost " + Count(years + 1, "year"),
    };

    private static long Rounded(long minutes, int unit) => (minutes + (unit / 2)) / unit;

    private static string Count(long number, string unit) => number == 1 ? $"1 {unit}" : string.Create(CultureInfo.InvariantCulture, $"{number} {unit}s");
}
