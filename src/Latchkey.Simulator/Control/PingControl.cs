using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Control;

/// <summary>What was posted. Bodies are shown whole: all that is in them is made up.</summary>
internal static class PingControl
{
    private const int UsualLimit = 100;

    public static void Map(IEndpointRouteBuilder routes, GumroadSimulator simulator) =>
        routes.MapControl("GET", "/simulator/pings", (body, _) => Task.FromResult<JsonNode>(new JsonArray(
            [.. simulator.Attempts.Reverse().Take(LimitOf(body.Query)).Select(Json)])));

    private static int LimitOf(IQueryCollection query)
    {
        if (query["limit"] is not [{ } text])
        {
            return UsualLimit;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
            ? limit
            : throw new ArgumentException("limit: give a whole number above 0.");
    }

    private static JsonObject Json(PingAttempt attempt) => new()
    {
        ["resource"] = attempt.Resource,
        ["url"] = attempt.Url.AbsoluteUri,
        ["attempt"] = attempt.Attempt,
        ["status"] = attempt.Status,
        ["failure"] = attempt.Failure,
        ["delivered"] = attempt.Delivered,
        ["is_repeat"] = attempt.IsRepeat,
        ["at"] = attempt.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["content_type"] = attempt.ContentType,
        ["body"] = attempt.BodyText,
    };
}
