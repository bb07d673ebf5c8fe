using System.Net;

namespace Latchkey.Gumroad.Api;

/// <summary>An answer came that cannot be read as Gumroad's: something in between answered, or Gumroad has changed.</summary>
public sealed class GumroadAnswerException : GumroadException
{
    internal GumroadAnswerException(string message, HttpStatusCode? httpStatus, Exception? inner = null)
        : base(message, httpStatus, inner)
    {
    }
}
