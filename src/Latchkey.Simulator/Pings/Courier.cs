using System.Text.Json.Nodes;
using Latchkey.Simulator.Clock;
using Latchkey.Simulator.Faults;

namespace Latchkey.Simulator.Pings;

/// <summary>
/// Gumroad's two stages: after a delay the payload is built and fanned out to the endpoints; then each endpoint has
/// its own attempts. Both are jobs on the timeline.
/// </summary>
internal sealed class Courier(SimulatorOptions options, Timeline timeline, PingEndpoints endpoints) : IDisposable
{
    private readonly Carrier _carrier = new(options);
    private readonly FaultDrawer _faults = new(options.Faults, options.Seed);
    private readonly AttemptLog _attempts = new();
    private readonly Lock _gate = new();
    private readonly List<Delivery> _sent = [];

    public IReadOnlyList<PingAttempt> Attempts => _attempts.All;

    public FaultDials Faults
    {
        get => _faults.Dials;
        set => _faults.Dials = value;
    }

    /// <summary>Builds the payload when the delay is over, not before, unless a fault has it built at once; null drops the ping.</summary>
    public void Schedule(string resource, TimeSpan delay, Func<JsonObject?> snapshot)
    {
        var faults = _faults.Next();
        var stale = faults.IsStale ? snapshot() : null;
        After(delay, _ =>
        {
            if ((faults.IsStale ? stale : snapshot()) is { } payload)
            {
                FanOut(resource, payload, faults);
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>One POST to the account's URL, whatever it answers and wherever it is: the test button has no address filter.</summary>
    public Task<PingAttempt> SendOnceAsync(Uri url, JsonObject payload, CancellationToken ct)
    {
        var target = new PingTarget(url, Json: false, IsTrusted: true);
        return AttemptAsync(new Delivery(target, Resource: null, target.Encode(payload), Retries: false), 1, ct);
    }

    /// <summary>Sends each ping once more, one after the other and without faults. What has to be retried goes on on the timeline.</summary>
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
            await DeliverAsync(delivery, 1, ct);
        }
    }

    public void Dispose() => _carrier.Dispose();

    private void FanOut(string resource, JsonObject payload, PingFaults faults)
    {
        foreach (var target in endpoints.Live(resource).Select(endpoint => endpoint.Target))
        {
            var delivery = new Delivery(target, resource, target.Encode(payload), Retries: true);
            var fault = faults.NextDelivery();
            if (fault.Drops)
            {
                Record(delivery, 1, delivery.Snapshot, status: null, PingAttempt.Dropped);
                continue;
            }

            After(fault.Wait, ct => DeliverAsync(delivery, 1, ct));
            if (fault.SecondWait is { } second)
            {
                After(second, ct => DeliverAsync(delivery, 1, ct));
            }
        }
    }

    private async Task DeliverAsync(Delivery delivery, int number, CancellationToken ct)
    {
        var attempt = await AttemptAsync(delivery, number, ct);
        if (attempt is { Delivered: false, IsLost: false })
        {
            After(Pace.BetweenAttempts[number - 1], later => DeliverAsync(delivery, number + 1, later));
        }
    }

    private async Task<PingAttempt> AttemptAsync(Delivery delivery, int number, CancellationToken ct)
    {
        var body = delivery.Body(number);
        var (status, failure) = await _carrier.PostAsync(delivery.Target, body, ct);
        if (delivery is { Retries: true, IsRepeat: false } && number == 1)
        {
            lock (_gate)
            {
                _sent.Add(delivery);
            }
        }

        return Record(delivery, number, body, status, failure);
    }

    private PingAttempt Record(Delivery delivery, int number, byte[] body, int? status, string? failure)
    {
        var url = new Uri(delivery.Target.Url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));
        var attempt = new PingAttempt(delivery.Resource, url, number, status, failure, delivery.Target.ContentType, body, timeline.Now, delivery.IsRepeat);
        attempt = attempt with { IsLost = !attempt.Delivered && !IsRetried(delivery, attempt) };
        _attempts.Add(attempt);
        return attempt;
    }

    private bool IsRetried(Delivery delivery, PingAttempt attempt) => delivery.Retries && attempt.Attempt <= Pace.BetweenAttempts.Count && attempt switch
    {
        { Status: { } status } => status is 499 or 500 or 502 or 503 or 504,
        { Failure: PingAttempt.PrivateAddress or PingAttempt.Dropped } => false,
        _ => options.Version == GumroadVersion.Newest, // the older one only logs timeouts and broken connections
    };

    private void After(TimeSpan atGumroad, Func<CancellationToken, Task> job) => timeline.At(timeline.Now + (atGumroad / options.PingSpeed), job, isPing: true);
}
