using Latchkey.Contracts.Api;

namespace Latchkey.Client;

/// <summary>What an HTTP exchange brought.</summary>
internal abstract record ApiReply<T>
{
    private ApiReply()
    {
    }

    public sealed record Ok(T Body) : ApiReply<T>;

    /// <summary>A refusal in our own words.</summary>
    public sealed record Refused(Problem Problem) : ApiReply<T>;

    /// <summary>No network, no time, or words that are not ours.</summary>
    public sealed record Nothing(TimeSpan? RetryAfter) : ApiReply<T>;
}
