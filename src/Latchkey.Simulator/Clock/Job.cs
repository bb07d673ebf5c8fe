namespace Latchkey.Simulator.Clock;

/// <summary>Something to do at a time of the simulator's clock. Pings are told apart, since one waits for them.</summary>
internal sealed record Job(DateTimeOffset Due, Func<CancellationToken, Task> Work, bool IsPing);
