namespace Latchkey.Simulator.Faults;

/// <summary>What goes wrong with a ping on its way to one endpoint.</summary>
/// <param name="Drops">It is never sent.</param>
/// <param name="Wait">How much later it goes out.</param>
/// <param name="SecondWait">How much later it goes out once more; null when it is sent once.</param>
internal readonly record struct DeliveryFaults(bool Drops, TimeSpan Wait, TimeSpan? SecondWait);
