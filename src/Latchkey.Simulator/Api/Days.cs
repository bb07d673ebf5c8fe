using System.Globalization;

namespace Latchkey.Simulator.Api;

/// <summary>The days <c>after</c> (included) and <c>before</c> (excluded) that a list is asked for, at midnight UTC.</summary>
internal sealed record Days(DateTimeOffset? After, DateTimeOffset? Before)
{
    public bool Hold(DateTimeOffset at) => !(at < After) && !(at >= Before);

    /// <summary>Null and an answer where one of them is not a date.</summary>
    public static Days? Read(ApiCall call, out ApiAnswer? refusal)
    {
        refusal = null;
        var before = One(call, "before", ref refusal);
        var after = One(call, "after", ref refusal);
        return refusal is null ? new Days(after, before) : null;
    }

    private static DateTimeOffset? One(ApiCall call, string name, ref ApiAnswer? refusal)
    {
        if (!call.Parameters.Has(name))
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(
            call.Parameters.Text(name), "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day))
        {
            return day;
        }

        refusal ??= ApiAnswer.BadRequest($"Invalid date format provided in field '{name}'. Dates must be in the format YYYY-MM-DD.");
        return null;
    }
}
