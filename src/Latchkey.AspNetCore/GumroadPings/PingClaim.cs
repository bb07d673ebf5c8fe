namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>What an <see cref="IPingMemory"/> says to a claim.</summary>
public enum PingClaim
{
    /// <summary>The ping is new, or failed before: handle it.</summary>
    Granted,

    /// <summary>It is being handled right now; Gumroad hears 503 and asks again.</summary>
    Running,

    /// <summary>It was handled before; Gumroad hears 200.</summary>
    Finished,
}
