namespace Latchkey.Gumroad.Events;

/// <summary>Which way a membership's plan changed.</summary>
public enum PlanChange
{
    /// <summary>Effective at once; a sale over the difference may come with it.</summary>
    Upgrade,

    /// <summary>Effective at the end of the paid period.</summary>
    Downgrade,
}
