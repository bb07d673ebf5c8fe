using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Pings;

/// <summary>
/// Gumroad's two stages: after a delay the payload is built and fanned out to the endpoints; then each endpoint has
/// its own attempts. Everything runs side by side, in no order, as Gumroad's job queue does.
/// </summary>
internal sealed class Courier(SimulatorOptions options) : IAsyncDisposable
{
    private const int Workers = 16;

    private readonly Pace _pace = new(options.TimeProvider, options.Speed);
    private readonly HttpClient _client = PingSender.CreateClient(Pace.TimeoutAt(options.Speed));
    private readonly SemaphoreSlim _workers = new(Workers);
    private readonly PendingWork _pending = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<PingAttempt> _attempts = [];
    private readonly List<Delivery> _sent = [];

    public IReadOnlyList<PingAttempt> Attempts
    {
        get
        {
            lock (_gate)
            {
                return [.. _attempts];
            }
        }
    }

    public Task WhenQuietAsync(CancellationToken ct) => _pending.WhenNoneAsync(ct);

    /// <summary>Builds the payload when the delay is over, not before; null drops the ping.</summary>
    public void Schedule(string resource, TimeSpan delay, Func<JsonObject?> snapshot)
    {
        var due = _pace.DelayAsync(delay, _stop.Token);
        _pending.Start(async () =>
        {
            await due;
            if (snapshot() is { } payload)
            {
                foreach (var target in TargetsOf(resource))
                {
                    _pending.Start(() => DeliverAsync(new Delivery(target, resource, payload, Retries: true)));
                }
            }
        });
    }

    /// <summary>One POST to the account's URL, whatever it answers.</summary>
    public Task<PingAttempt> SendOnceAsync(Uri url, JsonObject payload, CancellationToken ct) =>
        AttemptAsync(new Delivery(PingTarget.Account(url), Resource: null, payload, Retries: false), 1, ct);

    /// <summary>Sends each ping once more, one after the other. What has to be retried goes on in the background.</summary>
    public async Task RepeatAllAsync(int seed, CancellationToken ct)
    {
        Delivery[] again;
        lock (_gate)
        {
            again = [.. _sent.Select(sent => sent with { IsRepeat = true })];
        }

        new Random(seed).Shuffle(again);
        foreach (var delivery in again)
        {
            var attempt = await AttemptAsync(delivery, 1, ct);
            if (IsRetried(delivery, attempt))
            {
                _pending.Start(() => DeliverAsync(delivery, failed: 1));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_pending.WhenNoneAsync(CancellationToken.None));
        _client.Dispose();
        _workers.Dispose();
        _stop.Dispose();
    }

    private IEnumerable<PingTarget> TargetsOf(string resource)
    {
        var subscribed = options.Subscriptions.TryGetValue(resource, out var urls) ? urls.Select(PingTarget.Subscribed) : [];
        return resource == PingResources.Sale && options.PingUrl is { } account ? subscribed.Prepend(PingTarget.Account(account)) : subscribed;
    }

    private async Task DeliverAsync(Delivery delivery, int failed = 0)
    {
        while (true)
        {
            if (failed > 0)
            {
                await _pace.DelayAsync(Pace.BetweenAttempts[failed - 1], _stop.Token);
            }

            var attempt = await AttemptAsync(delivery, failed + 1, _stop.Token);
            if (!IsRetried(delivery, attempt) || ++failed > Pace.BetweenAttempts.Count)
            {
                return;
            }
        }
    }

    private async Task<PingAttempt> AttemptAsync(Delivery delivery, int number, CancellationToken ct)
    {
        var body = delivery.Body(number);
        var (status, failure) = await PostAsync(delivery.Target, body, ct);
        var url = new Uri(delivery.Target.Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));
        var attempt = new PingAttempt(delivery.Resource, url, number, status, failure, delivery.Target.ContentType, body, _pace.Now, delivery.IsRepeat);
        lock (_gate)
        {
            _attempts.Add(attempt);
            if (number == 1 && !delivery.IsRepeat)
            {
                _sent.Add(delivery);
            }
        }

        return attempt;
    }

    private async Task<(int? Status, string? Failure)> PostAsync(PingTarget target, byte[] body, CancellationToken ct)
    {
        await _workers.WaitAsync(ct);
        try
        {
            return (await PingSender.PostAsync(_client, target, body, ct), null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, "timeout");
        }
        catch (HttpRequestException e)
        {
            return (null, e.HttpRequestError.ToString());
        }
        finally
        {
            _workers.Release();
        }
    }

    private bool IsRetried(Delivery delivery, PingAttempt attempt) =>
        delivery.Retries && (attempt.Status is { } status ? status is 499 or 500 or 502 or 503 or 504 : !options.LosesOnTimeout);
}
