namespace Latchkey.Simulator.Life;

/// <summary>The stage on which buyers act: puts what they do on the timeline and counts what came of it.</summary>
internal sealed class LifeScript(GumroadSimulator gumroad, DateTimeOffset end)
{
    private readonly Dictionary<string, int> _happened = LifeEvents.All.ToDictionary(name => name, _ => 0, StringComparer.Ordinal);

    public GumroadSimulator Gumroad => gumroad;

    public DateTimeOffset Now => gumroad.Clock.GetUtcNow();

    public IReadOnlyDictionary<string, int> Happened => _happened;

    /// <summary>Set when the life was given up halfway: what is still on the timeline then does nothing.</summary>
    public bool IsOver { get; set; }

    public void Count(string name, int times = 1) => _happened[name] += times;

    public void CountIf(bool happened, string name) => Count(name, happened ? 1 : 0);

    /// <summary>
    /// Does it when the clock gets there, unless that is after the end. What the state of a sale or membership forbids by then (a
    /// refund of what was refunded, the cancellation of what has ended) just does not happen, as at Gumroad, where no button offers it.
    /// </summary>
    public void At(DateTimeOffset due, Func<CancellationToken, Task> act)
    {
        if (due < end)
        {
            gumroad.Timeline.At(due, ct => TryAsync(act, ct));
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken ct)
    {
        try
        {
            await (IsOver ? Task.CompletedTask : act(ct));
        }
        catch (InvalidOperationException)
        {
        }
    }
}
