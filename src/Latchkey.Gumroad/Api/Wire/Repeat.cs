namespace Latchkey.Gumroad.Api;

/// <summary>Whether a call may be sent again.</summary>
internal enum Repeat
{
    /// <summary>Doing it twice is not doing it once.</summary>
    Never,

    /// <summary>It sets a state: twice is once.</summary>
    SameState,

    /// <summary>It changes nothing.</summary>
    Read,
}
