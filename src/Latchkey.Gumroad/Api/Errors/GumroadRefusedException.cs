using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>Gumroad understood and said no: a rule of its own, or a value it does not take. Repeating the same is useless.</summary>
public sealed class GumroadRefusedException : GumroadException
{
    internal GumroadRefusedException(string message, HttpStatusCode httpStatus, string? words)
        : base(message, httpStatus) => Words = words;

    /// <summary>What Gumroad said, in English; the secret values of the request are replaced by <c>…</c>. Null if nothing.</summary>
    public string? Words { get; }
}
