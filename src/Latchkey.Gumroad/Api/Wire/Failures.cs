using System.Net;
using System.Text.RegularExpressions;

namespace Latchkey.Gumroad.Api;

/// <summary>Makes of each of Gumroad's ways to say no one exception that says what to do.</summary>
internal static partial class Failures
{
    private const int LongestWords = 300;

    public static GumroadException Of(GumroadCall call, GumroadReply reply)
    {
        var words = reply.Words is { } said ? Shown(call, said) : null;
        return (int)reply.Status switch
        {
            < 300 when reply.Body is null => NotGumroads(call, reply.Status),
            < 300 or 400 => Refused(call, reply.Status, words),
            < 400 => new GumroadAnswerException(
                $"{call} was redirected ({(int)reply.Status}). Set GumroadClientOptions.ApiUrl to where the API really is.", reply.Status),
            401 => Token(call, reply),
            403 => Scope(call, reply.Status),
            404 => Missing(call, reply.Status, words),
            429 => new GumroadThrottledException(
                $"Gumroad has too many requests and turned {call} away. Nothing was done; wait and send it again, and less often.", reply.Status, reply.RetryAfter),
            500 when words is not null && NeedsProductId().IsMatch(words) => ProductIdRequired(call, reply),
            408 or >= 500 => Unavailable(call, reply),
            _ => Refused(call, reply.Status, words),
        };
    }

    public static GumroadException NoToken(GumroadCall call) => new GumroadTokenException(
        $"{call} needs an access token and there is none. Set GumroadClientOptions.AccessToken.", httpStatus: null);

    public static GumroadException NoAnswer(GumroadCall call, Exception inner) => new GumroadUnavailableException(
        $"Gumroad could not be reached for {call}.{Advice(call)}", httpStatus: null, MayHaveHappened(call), inner: inner);

    public static GumroadException TimedOut(GumroadCall call, TimeSpan limit) => new GumroadUnavailableException(
        $"Gumroad did not answer {call} within {limit.TotalSeconds:0.###} s.{Advice(call)}", httpStatus: null, MayHaveHappened(call));

    public static GumroadException TooLong(GumroadCall call, long limit) => new GumroadAnswerException(
        $"The answer to {call} is longer than {limit} bytes. Ask for less.", httpStatus: null);

    public static GumroadException Unreadable(GumroadCall call, HttpStatusCode status, string what, Exception? inner = null) => new GumroadAnswerException(
        $"The answer to {call} cannot be read: {what}. Gumroad may have changed; look for a newer version of this library.{(MayHaveHappened(call) ? " What was asked has probably happened." : "")}",
        status, inner);

    private static GumroadAnswerException NotGumroads(GumroadCall call, HttpStatusCode status) => new(
        $"The answer to {call} is not Gumroad's JSON. Check GumroadClientOptions.ApiUrl and what stands between here and there.{(MayHaveHappened(call) ? Advice(call) : "")}", status);

    private static GumroadTokenException Token(GumroadCall call, GumroadReply reply)
    {
        var reason = reply.Challenge is { } challenge && Description().Match(challenge) is { Success: true } found ? found.Groups[1].Value : null;
        return new GumroadTokenException(
            $"Gumroad refused the access token for {call}{(reason is null ? "" : $": {Shown(call, reason)}")}. Make a new one and set it.", reply.Status);
    }

    private static GumroadScopeException Scope(GumroadCall call, HttpStatusCode status) => new(
        call.NeedsToken
            ? $"The access token may not do {call}. Make one with the scope {string.Join(" or ", call.Scopes)}."
            : $"Something forbade {call}, which needs no access token. Look for a proxy or firewall on the way.",
        status, call.Scopes);

    private static GumroadException Missing(GumroadCall call, HttpStatusCode status, string? words)
    {
        if (words is not null && (words.Contains(LicenseWords.Disabled, StringComparison.Ordinal) || words.Contains(LicenseWords.AccessRevoked, StringComparison.Ordinal)))
        {
            return Refused(call, status, words);
        }

        return NotFound(call, status, words);
    }

    private static GumroadException Refused(GumroadCall call, HttpStatusCode status, string? words) =>
        (int)status is >= 200 and < 300 && words is not null && WasNotFound().IsMatch(words)
            ? NotFound(call, status, words)
            : new GumroadRefusedException(
                $"Gumroad refused {call}{(words is null ? $" with status {(int)status} and gave no reason" : $" and said: {words.TrimEnd('.')}")}. Change the request; the same again is refused again.",
                status, words);

    private static GumroadNotFoundException NotFound(GumroadCall call, HttpStatusCode status, string? words) => new(
        $"Gumroad found nothing for {call}{(words is null ? "" : $" and said: {words.TrimEnd('.')}")}. {call.NotFoundHint ?? "Check the id and whose access token it is."}{(status == HttpStatusCode.NotFound && call.MayHaveGoneAstray ? " Check GumroadClientOptions.ApiUrl too: it usually ends in /v2/." : "")}", status);

    private static GumroadProductIdRequiredException ProductIdRequired(GumroadCall call, GumroadReply reply)
    {
        var named = ProductIdNamed().Match(reply.Words!) is { Success: true } found ? found.Groups[1].Value : null;
        return new GumroadProductIdRequiredException(
            $"This product's licenses can be verified with its id only. Use {(named is null ? "the product's id" : $"the id {named}")} instead of the permalink.", reply.Status, named);
    }

    private static GumroadUnavailableException Unavailable(GumroadCall call, GumroadReply reply) => new(
        $"Gumroad answered {call} with {(int)reply.Status}.{Advice(call)}", reply.Status, MayHaveHappened(call), reply.RetryAfter);

    private static bool MayHaveHappened(GumroadCall call) => call.Repeat == Repeat.Never;

    private static string Advice(GumroadCall call) => MayHaveHappened(call)
        ? " What was asked may have happened all the same: look before asking again."
        : " Try again later.";

    private static string Shown(GumroadCall call, string words)
    {
        var masked = call.Mask(words);
        return masked.Length <= LongestWords ? masked : masked[..LongestWords] + "…";
    }

    [GeneratedRegex(@"^The .{1,100} was not found\.$")]
    private static partial Regex WasNotFound();

    [GeneratedRegex("'product_id' parameter is required")]
    private static partial Regex NeedsProductId();

    [GeneratedRegex("set 'product_id' to '([A-Za-z0-9_=-]{1,64})'")]
    private static partial Regex ProductIdNamed();

    [GeneratedRegex("error_description=\"([^\"]{1,200})\"")]
    private static partial Regex Description();
}
