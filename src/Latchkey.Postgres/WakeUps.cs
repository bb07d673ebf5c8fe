namespace Latchkey.Postgres;

/// <summary>What nodes tell one another. Before the tenant's name.</summary>
internal static class WakeUps
{
    public const string Channel = "latchkey";

    /// <summary>Something is due to be folded.</summary>
    public const string Fold = "fold:";

    /// <summary>Messages have been given positions.</summary>
    public const string Outbox = "outbox:";

    /// <summary>A tenant's settings have changed.</summary>
    public const string Tenant = "tenant:";
}
