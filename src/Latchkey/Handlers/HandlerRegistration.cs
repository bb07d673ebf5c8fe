using Latchkey.Outbox;

namespace Latchkey.Handlers;

/// <summary>One handler for one kind of event.</summary>
/// <param name="Name">Under which its place in the outbox is kept.</param>
/// <param name="Kind">One of <see cref="OutboxKinds"/>.</param>
/// <param name="HandleAsync">Makes the handler in the scope, and hands the event over.</param>
internal sealed record HandlerRegistration(string Name, string Kind, Func<IServiceProvider, OutboxMessage, CancellationToken, Task> HandleAsync)
{
    public string Consumer => $"handler:{Kind}:{Name}";
}
