using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Latchkey.Simulator.Api;

/// <summary>Where a list goes on: the time and number of the last item shown. Written as 20 digits of time, <c>-</c>, the number.</summary>
internal sealed record PageKey(DateTimeOffset At, long Number)
{
    private const string Format = "yyyyMMddHHmmssffffff";

    public static bool TryParse(string text, out PageKey? key)
    {
        key = null;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0
            || !DateTimeOffset.TryParseExact(text.AsSpan(0, dash), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            || !long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number == 0)
        {
            return false;
        }

        key = new PageKey(at, number);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture)}-{Number}");

    /// <summary>Adds <c>next_page_key</c> and <c>next_page_url</c>: a path, its names sorted, without the token.</summary>
    public void AddTo(JsonObject body, HttpRequest request)
    {
        var pairs = request.Query
            .Where(pair => pair.Key is not ("access_token" or "page" or "page_key"))
            .SelectMany(pair => pair.Value, (pair, value) => (Name: pair.Key, Value: value ?? ""))
            .Append((Name: "page_key", Value: ToString()))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => Uri.EscapeDataString(pair.Name) + "=" + Uri.EscapeDataString(pair.Value));
        body["next_page_key"] = ToString();
        body["next_page_url"] = $"{request.Path}?{string.Join('&', pairs)}";
    }
}
