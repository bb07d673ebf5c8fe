using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>No answer, or a 5xx, after all repetitions that the call allows. Try again later.</summary>
public sealed class GumroadUnavailableException : GumroadException
{
    internal GumroadUnavailableException(
        string message, HttpStatusCode? httpStatus, bool mayHaveHappened, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(message, httpStatus, inner)
    {
        MayHaveHappened = mayHaveHappened;
        RetryAfter = retryAfter;
    }

    /// <summary>True for a call that must not be repeated blindly (a refund, something created): look whether it happened first.</summary>
    public bool MayHaveHappened { get; }

    /// <summary>How long Gumroad asked to wait; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; }
}
