namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>A clock that runs like any other and can be put forward. Timers go by the real one.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
