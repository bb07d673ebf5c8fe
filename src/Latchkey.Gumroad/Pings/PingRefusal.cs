namespace Latchkey.Gumroad.Pings;

/// <summary>Why a body was not decoded. Its stable text is <see cref="PingRefusals.Code"/>.</summary>
public enum PingRefusal
{
    /// <summary>More bytes than <see cref="PingLimits.MaxBodyBytes"/>.</summary>
    TooLarge,

    /// <summary>More pairs than <see cref="PingLimits.MaxPairs"/>.</summary>
    TooManyPairs,

    /// <summary>A name of more segments than <see cref="PingLimits.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>A decoded name longer than <see cref="PingLimits.MaxNameBytes"/>.</summary>
    NameTooLong,

    /// <summary>Neither a form nor JSON by its content type.</summary>
    UnknownContentType,

    /// <summary>Said to be JSON, but not one well-formed JSON object.</summary>
    BrokenJson,
}
