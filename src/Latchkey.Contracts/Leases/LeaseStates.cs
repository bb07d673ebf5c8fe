namespace Latchkey.Contracts.Leases;

/// <summary>The values of <c>st</c>.</summary>
public static class LeaseStates
{
    /// <summary>Usable.</summary>
    public const string Active = "active";

    /// <summary>Usable, within a free trial.</summary>
    public const string Trial = "trial";

    /// <summary>The right has ended; the entitlements that are left stand in <c>ent</c>.</summary>
    public const string Limited = "limited";

    /// <summary>Blocked for now; may come back.</summary>
    public const string Suspended = "suspended";

    /// <summary>Taken away.</summary>
    public const string Revoked = "revoked";

    /// <summary>Over: a subscription or a fixed duration.</summary>
    public const string Ended = "ended";

    /// <summary>The slot was freed, or the server does not know it.</summary>
    public const string Released = "released";

    /// <summary>Whether a lease in this state gives anything: active, trial or limited.</summary>
    public static bool IsUsable(string? state) => state is Active or Trial or Limited;
}
