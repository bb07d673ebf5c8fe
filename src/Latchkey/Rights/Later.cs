namespace Latchkey.Rights;

/// <summary>Moments counted from dates that others wrote: what would lie behind the end of the calendar lies at its end.</summary>
internal static class Later
{
    public static DateTimeOffset PlusDays(this DateTimeOffset from, int days) => from.Plus(TimeSpan.FromDays(days));

    /// <summary>In calendar terms: 31 January and one month is the last day of February.</summary>
    public static DateTimeOffset PlusMonths(this DateTimeOffset from, int months) =>
        (from.Year * 12) + from.Month + months > (DateTimeOffset.MaxValue.Year * 12) + 12 ? DateTimeOffset.MaxValue : from.AddMonths(months);

    public static DateTimeOffset Plus(this DateTimeOffset from, TimeSpan time) => time > DateTimeOffset.MaxValue - from ? DateTimeOffset.MaxValue : from + time;
}
