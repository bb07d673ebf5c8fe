using System.Collections.Concurrent;
using Latchkey.Handlers;

namespace Latchkey.Server.Tests.Handlers;

/// <summary>What the handlers of one host were handed, in order, and which of it they refuse.</summary>
internal sealed class Records
{
    private readonly ConcurrentQueue<(string Handler, LatchkeyEvent Event)> _all = new();

    /// <summary>Asked at each hand-over; true is a handler that fails.</summary>
    public Func<string, LatchkeyEvent, bool> Refuses { get; set; } = (_, _) => false;

    public IReadOnlyList<LatchkeyEvent> Of(string handler) => [.. _all.Where(r => r.Handler == handler).Select(r => r.Event)];

    public Task AddAsync(string handler, LatchkeyEvent happened)
    {
        _all.Enqueue((handler, happened));
        return Refuses(handler, happened) ? throw new InvalidOperationException("The chat of mara@example.org does not answer.") : Task.CompletedTask;
    }
}

internal sealed class Accounts(Records records) : IEntitlementsChangedHandler
{
    public Task HandleAsync(EntitlementsChanged change, CancellationToken ct) => records.AddAsync(nameof(Accounts), change);
}

internal sealed class Thanks(Records records) : ILicenseHandler
{
    public Task HandleAsync(LicenseEvent happened, CancellationToken ct) => records.AddAsync(nameof(Thanks), happened);
}

internal sealed class Chat(Records records) : ILicenseHandler
{
    public Task HandleAsync(LicenseEvent happened, CancellationToken ct) => records.AddAsync(nameof(Chat), happened);
}

internal sealed class Desk(Records records) : IPurchaseHandler
{
    public Task HandleAsync(PurchaseEvent happened, CancellationToken ct) => records.AddAsync(nameof(Desk), happened);
}
