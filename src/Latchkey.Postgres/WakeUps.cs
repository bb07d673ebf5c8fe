namespace Latchkey.Postgres;

/// <summary>What nodes tell one another. Before the tenant's name.</summary>
internal static class WakeUps
{
    public const string Channel = "latchkey";

    /// <summary>$1 of several tenants, $2.</summary>
    public const string CallAll = "select pg_notify('latchkey', $1 || tenant) from unnest($2::text[]) as tenant";

    /// <summary>Something is due to be folded.</summary>
    public const string Fold = "fold:";

    /// <summary>Messages have been given positions.</summary>
    public const string Outbox = "outbox:";

    /// <summary>A tenant's settings have changed.</summary>
    public const string Tenant = "tenant:";
}
