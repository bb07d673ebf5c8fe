namespace Latchkey.Postgres.Outbox;

/// <summary>The one clock all nodes see: how long a claim lasts must not depend on whose clock is ahead.</summary>
internal static class Clock
{
    /// <summary>The database's, in Unix milliseconds.</summary>
    public const string Now = "(extract(epoch from clock_timestamp()) * 1000)::bigint";
}
