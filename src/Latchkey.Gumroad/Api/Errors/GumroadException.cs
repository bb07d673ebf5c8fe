using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>A call to Gumroad did not do what it was asked. The message says what to do; no secret is in it.</summary>
public abstract class GumroadException : Exception
{
    private protected GumroadException(string message, HttpStatusCode? httpStatus, Exception? inner = null)
        : base(message, inner) => HttpStatus = httpStatus;

    /// <summary>Gumroad's status; null when there was no answer. Often 200: refusals and missing objects have it too.</summary>
    public HttpStatusCode? HttpStatus { get; }
}
