using System.Collections.Concurrent;
using Latchkey.Outbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>
/// Everybody on this node who waits for a link. The outbox is read once for all of them, and only while somebody waits; whoever waits for
/// a link that it speaks of is woken, and reads that one link.
/// </summary>
internal sealed partial class LinkWaiters : BackgroundService
{
    private const int PageSize = 128;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, LinkWaitingRoom> _rooms = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<LinkWaitingRoom> _lookAgain = new();
    private readonly IOutboxStore _outbox;
    private readonly Signal _signal;
    private readonly TimeProvider _time;
    private readonly ILogger<LinkWaiters> _logger;
    private string? _mark;

    public LinkWaiters(IOutboxStore outbox, OutboxSignal signal, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<LinkWaiters> logger)
    {
        (_outbox, _time, _logger) = (outbox, time, logger);
        _signal = signal.Listen();
        Stopping = lifetime.ApplicationStopping;
    }

    /// <summary>Nobody waits any more.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Begins to wait. What happens to the link from now on wakes whoever waits: read it after this.</summary>
    public async Task<LinkWaiter> JoinAsync(string tenant, string link, CancellationToken ct)
    {
        var position = (await _outbox.RangeAsync(tenant, ct)).Last;
        var room = _rooms.GetOrAdd(tenant, static t => new LinkWaitingRoom(t));
        var waiter = new LinkWaiter(room, link, _time);
        if (room.Join(waiter, position))
        {
            _lookAgain.Enqueue(room); // it was empty, and may have missed a call
            _signal.Poke();
        }

        return waiter;
    }

    /// <summary>Something happened to the link that the outbox does not speak of.</summary>
    public void Wake(string tenant, string link)
    {
        if (_rooms.TryGetValue(tenant, out var room))
        {
            room.Wake([link]);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _signal.WaitAsync(Idle, stoppingToken);
                await RelayNewsAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Every room knows where it stands, so the next round goes on from there; and whoever waits also looks by himself.
                Log.RoundFailed(_logger, Idle, e);
            }
        }
    }

    private async Task RelayNewsAsync(CancellationToken ct)
    {
        var news = await _outbox.NewsAsync(_mark, ct);
        _mark = news.Mark;
        foreach (var tenant in news.Tenants)
        {
            if (_rooms.TryGetValue(tenant, out var room))
            {
                _lookAgain.Enqueue(room);
            }
        }

        while (_lookAgain.TryDequeue(out var room))
        {
            try
            {
                await RelayAsync(room, ct);
            }
            catch
            {
                _lookAgain.Enqueue(room); // behind the others, so that it holds nobody up
                throw;
            }
        }
    }

    private async Task RelayAsync(LinkWaitingRoom room, CancellationToken ct)
    {
        while (room.Position is { } from)
        {
            var messages = await _outbox.ReadAsync(room.Tenant, from, PageSize, ct);
            if (messages.Count == 0)
            {
                return;
            }

            room.MoveTo(messages[^1].Position, from);
            room.Wake(messages.Where(m => m.Kind is OutboxKinds.PurchaseLinkRedeemed or OutboxKinds.PurchaseLinkHeld).Select(m => m.Detail).OfType<string>());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2501, LogLevel.Error, "Reading for the waiting pages failed; it is tried again in {Idle}, and no page misses anything")]
        public static partial void RoundFailed(ILogger logger, TimeSpan idle, Exception e);
    }
}
