using Latchkey.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Latchkey.Handlers;

/// <summary>Runs the handlers of the host, each by itself.</summary>
internal sealed class HandlerRunner(
    IEnumerable<HandlerRegistration> handlers, IOutboxStore outbox, IServiceScopeFactory scopes, OutboxSignal signal, TimeProvider time, ILogger<HandlerRunner> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await Task.WhenAll(handlers
            .DistinctBy(h => h.Consumer)
            .Select(h => new HandlerWorker(h, outbox, scopes, signal.Listen(), time, logger).RunAsync(stoppingToken)));
    }
}
