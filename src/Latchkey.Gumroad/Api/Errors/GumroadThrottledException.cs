using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>Too many requests (429), and the repetitions did not help or were not allowed.</summary>
/// <remarks>Nothing was done. <c>config/initializers/rack_attack.rb</c></remarks>
public sealed class GumroadThrottledException : GumroadException
{
    internal GumroadThrottledException(string message, HttpStatusCode httpStatus, TimeSpan? retryAfter)
        : base(message, httpStatus) => RetryAfter = retryAfter;

    /// <summary>How long Gumroad asked to wait; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; }
}
