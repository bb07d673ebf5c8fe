using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>After which failures a call is sent again, and when.</summary>
internal static class Repetition
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    public static bool MayHelp(GumroadCall call, GumroadException failure) => call.Repeat != Repeat.Never && failure switch
    {
        GumroadThrottledException => true,
        GumroadUnavailableException { HttpStatus: null } => true,
        GumroadUnavailableException { HttpStatus: HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout } => true,
        GumroadUnavailableException { HttpStatus: HttpStatusCode.InternalServerError } => call.Repeat == Repeat.Read,
        _ => false,
    };

    /// <summary>What Gumroad asked for, at most a minute; else anything up to a limit that doubles, so that many clients do not come back together.</summary>
    [SuppressMessage("Security", "CA5394", Justification = "Nobody gains by guessing a pause.")]
    public static TimeSpan Pause(int attempt, GumroadException failure)
    {
        var asked = failure switch
        {
            GumroadThrottledException throttled => throttled.RetryAfter,
            GumroadUnavailableException unavailable => unavailable.RetryAfter,
            _ => null,
        };
        if (asked is { } wait)
        {
            return wait < LongestRetryAfter ? wait : LongestRetryAfter;
        }

        var limit = FirstPause * Math.Pow(2, attempt);
        return (limit < LongestPause ? limit : LongestPause) * Random.Shared.NextDouble();
    }
}
