using System.Collections.Concurrent;
using Latchkey.Outbox;
using Latchkey.Subjects;
using Latchkey.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.Streams;

/// <summary>
/// All open streams of this node. It reads what is new in the outbox once, and hands it to whoever listens; nobody's slowness holds it up.
/// </summary>
internal sealed partial class StreamHub : BackgroundService
{
    private const int PageSize = 128;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FarewellAtMost = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Feed> _feeds = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Feed> _lookAgain = new();
    private readonly IOutboxStore _outbox;
    private readonly ISubjectStore _subjects;
    private readonly TenantDirectory _tenants;
    private readonly IStreamText _text;
    private readonly TimeProvider _time;
    private readonly ILogger<StreamHub> _logger;
    private readonly Signal _signal;
    private readonly HeartbeatWheel _wheel;
    private ITimer? _farewell;
    private string? _mark;

    public StreamHub(
        IOutboxStore outbox, ISubjectStore subjects, TenantDirectory tenants, IStreamText text, OutboxSignal signal,
        IHostApplicationLifetime lifetime, IOptions<LatchkeyOptions> options, TimeProvider time, ILogger<StreamHub> logger)
    {
        (_outbox, _subjects, _tenants, _text, _time, _logger) = (outbox, subjects, tenants, text, time, logger);
        _signal = signal.Listen();
        _wheel = new HeartbeatWheel(TimeSpan.FromSeconds(options.Value.Streams.HeartbeatSeconds), time, Beat);
        MaxWaitingBytes = options.Value.Streams.MaxWaitingBytes;
        Stopping = lifetime.ApplicationStopping;
        Stopping.Register(CloseAll);
    }

    /// <summary>For each stream.</summary>
    public int MaxWaitingBytes { get; }

    /// <summary>No stream is opened any more.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>How many streams of a tenant are open on this node.</summary>
    public int CountOf(string tenant) => _feeds.TryGetValue(tenant, out var feed) ? feed.Streams().Count : 0;

    public override void Dispose()
    {
        _wheel.Dispose();
        _farewell?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RelayNewsAsync(stoppingToken);
                await _signal.WaitAsync(Idle, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Every feed knows where it stands, so the next round goes on from there.
                Log.RoundFailed(_logger, Backoff, e);
                await Task.Delay(Backoff, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RelayNewsAsync(CancellationToken ct)
    {
        var news = await _outbox.NewsAsync(_mark, ct);
        _mark = news.Mark;
        foreach (var tenant in news.Tenants)
        {
            if (_feeds.TryGetValue(tenant, out var feed))
            {
                _lookAgain.Enqueue(feed);
            }
        }

        while (_lookAgain.TryDequeue(out var feed))
        {
            try
            {
                await RelayAsync(feed, ct);
            }
            catch
            {
                _lookAgain.Enqueue(feed); // behind the others, so that it holds nobody up
                throw;
            }
        }
    }

    private async Task RelayAsync(Feed feed, CancellationToken ct)
    {
        await TellSubjectsAsync(feed, ct);
        while (feed.Position is { } from)
        {
            var messages = await _outbox.ReadAsync(feed.Tenant, from, PageSize, ct);
            if (messages.Count == 0)
            {
                return;
            }

            feed.Changed.UnionWith(messages.Where(m => m is { Kind: OutboxKinds.EntitlementsChanged, Subject: not null }).Select(m => m.Subject!));
            var last = messages[^1].Position;
            if (!feed.TryPublish(feed.HasListenersToAll ? _text.Page(messages) : null, from, last))
            {
                feed.TryPublish(_text.Page(messages), from, last);
            }

            await TellSubjectsAsync(feed, ct);
        }
    }

    private async Task TellSubjectsAsync(Feed feed, CancellationToken ct)
    {
        foreach (var root in feed.Changed.ToList())
        {
            // An address that a user has claimed answers as the user does, so whoever asks after it is told too.
            var claims = feed.HasAddresses || feed.HasListenersTo(root) ? await ClaimsAsync(feed.Tenant, root, ct) : [];
            foreach (var subject in claims.Prepend(root).Where(feed.HasListenersTo))
            {
                var snapshot = await _subjects.ReadAsync(feed.Tenant, subject, ct);
                feed.Publish(snapshot, _text.State(snapshot, snapshot.Root == root ? claims : await ClaimsAsync(feed.Tenant, snapshot.Root, ct)));
            }

            feed.Changed.Remove(root);
        }
    }

    private async Task<IReadOnlyList<string>> ClaimsAsync(string tenant, string root, CancellationToken ct) =>
        Subject.IsUser(root) ? await _subjects.ClaimedByAsync(tenant, root, ct) : [];

    private void Beat(StreamConnection stream)
    {
        // A tenant that is being read again at this moment is believed until the next beat.
        var tenant = _tenants.FindAsync(stream.Tenant, Stopping);
        if (tenant.IsCompletedSuccessfully && (tenant.Result is not { } known || !stream.Right.HoldsAt(_time.GetUtcNow(), known)))
        {
            stream.Close();
        }
        else
        {
            stream.Beat(_text.Heartbeat);
        }
    }

    /// <summary>Ends every stream as a whole answer; one whose reader does not take it in time is cut.</summary>
    private void CloseAll()
    {
        _farewell = _time.CreateTimer(_ => ForEach(s => s.Abort()), null, FarewellAtMost, Timeout.InfiniteTimeSpan);
        ForEach(s => s.Close());
    }

    private void ForEach(Action<StreamConnection> act)
    {
        foreach (var stream in _feeds.Values.SelectMany(f => f.Streams()))
        {
            act(stream);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2401, LogLevel.Error, "Reading for the open streams failed; it is tried again in {Backoff}, and no stream misses anything")]
        public static partial void RoundFailed(ILogger logger, TimeSpan backoff, Exception e);
    }
}
