using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Web;

/// <summary>A page of a list.</summary>
/// <param name="Next">What to give as <c>after</c> for the next page; null on the last.</param>
internal sealed record Page<T>(
    [property: JsonPropertyName("data")] IReadOnlyList<T> Data,
    [property: JsonPropertyName("next")] string? Next);

/// <summary><c>?limit=</c> (1 to 100, default 20) and <c>?after=</c>.</summary>
internal readonly record struct PageQuery(int Limit, string? After)
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    public static bool TryRead(HttpContext http, out PageQuery query, out IResult problem)
    {
        var text = http.Request.Query["limit"].ToString();
        var after = http.Request.Query["after"].ToString();
        var limit = DefaultLimit;
        var ok = text.Length == 0 || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit);
        query = new(limit, after.Length == 0 ? null : after);
        problem = Problems.Invalid("limit", "limit is a whole number from 1 to 100.");
        return ok;
    }

    /// <summary>How many rows to read: one more than is shown tells whether there is a next page.</summary>
    public int Fetch => Limit + 1;

    public Page<TOut> Cut<T, TOut>(IReadOnlyList<T> rows, Func<T, string> id, Func<T, TOut> show) => new(
        [.. rows.Take(Limit).Select(show)],
        rows.Count > Limit ? id(rows[Limit - 1]) : null);
}
