namespace Latchkey.Server.Tests.PurchaseLinks.AtGumroad;

/// <summary>A clock that stands until it is set. Timers go by the real one.</summary>
internal sealed class StillTime(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
