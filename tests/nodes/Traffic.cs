using System.Diagnostics;
using System.Net;
using Latchkey.Crash;
using Latchkey.Simulator;

namespace Latchkey.Nodes;

/// <summary>Gumroad tells of sales, apps activate and validate. What was not answered is sent again, as Gumroad does.</summary>
internal sealed partial class Traffic(Ledger ledger, IReadOnlyList<Shop> shops, int seed, Action<Sale>? announced = null)
{
    private const int Senders = 12;
    private const int Activators = 3;
    private const int Validators = 3;
    private const int LongestPauseMs = 120;
    private static long _lastSale;

    private volatile bool _over;
    private Task[] _workers = [];
    private long _slowestTicks;
    private int _sales, _repeats, _refunds, _activations, _validations, _busy, _brokenOff;

    public int Sales => _sales;

    public int Repeats => _repeats;

    public int Refunds => _refunds;

    public int Activations => _activations;

    public int Validations => _validations;

    /// <summary>Answers 502, 503 and 504.</summary>
    public int Busy => _busy;

    /// <summary>Requests without any answer.</summary>
    public int BrokenOff => _brokenOff;

    public int Answered => _sales + _repeats + _refunds;

    /// <summary>The longest that a ping waited for its answer since this was last asked.</summary>
    public TimeSpan TakeSlowest() => TimeSpan.FromTicks(Interlocked.Exchange(ref _slowestTicks, 0));

    public void Start() => _workers =
    [
        .. Workers(0, Senders, SendAsync), .. Workers(Senders, Activators, ActivateAsync), .. Workers(Senders + Activators, Validators, ValidateAsync),
    ];

    public Task StopAsync()
    {
        _over = true;
        return Task.WhenAll(_workers);
    }

    public async Task RunAsync(TimeSpan time)
    {
        Start();
        await Task.Delay(time);
        await StopAsync();
    }

    /// <summary>Until every ping was answered.</summary>
    public async Task RepeatUnansweredAsync(TimeSpan within)
    {
        var started = Stopwatch.GetTimestamp();
        var dice = new Random(seed);
        while (!ledger.Unanswered.IsEmpty)
        {
            await GuardedAsync(dice, SendAsync);
            if (Stopwatch.GetElapsedTime(started) > within)
            {
                throw new TimeoutException($"{ledger.Unanswered.Count} pings are not answered {within.TotalSeconds} s after the load.");
            }
        }
    }

    private IEnumerable<Task> Workers(int first, int count, Func<Random, Task> act) => Enumerable.Range(first, count).Select(i => Task.Run(async () =>
    {
        var dice = new Random(unchecked((seed * 31) + i));
        while (!_over)
        {
            await GuardedAsync(dice, act);
            await Task.Delay(dice.Next(LongestPauseMs));
        }
    }));

    private async Task GuardedAsync(Random dice, Func<Random, Task> act)
    {
        try
        {
            await act(dice);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
        {
            Interlocked.Increment(ref _brokenOff);
        }
    }

    private Shop Any(Random dice) => shops[dice.Next(shops.Count)];

    private async Task SendAsync(Random dice)
    {
        var (ping, repeat) = Next(dice);
        var answered = false;
        var started = Stopwatch.GetTimestamp();
        try
        {
            var answer = await Any(dice).PingAsync(ping.Form);
            answered = answer.Status == HttpStatusCode.OK;
            if (answered)
            {
                ledger.Answer(ping, answer.Text("id"));
                Interlocked.Increment(ref repeat ? ref _repeats : ref ping.Resource == PingResources.Sale ? ref _sales : ref _refunds);
            }
            else if (!IsBusy(answer))
            {
                ledger.Wrong.Enqueue($"a ping was answered {(int)answer.Status}");
            }
        }
        finally
        {
            if (!answered)
            {
                ledger.Unanswered.Enqueue(ping);
            }

            InterlockedMax(Stopwatch.GetElapsedTime(started).Ticks);
        }
    }

    /// <summary>Seven of ten are sales, two repeats, one a refund; but what was not answered comes first.</summary>
    private (Ping Ping, bool Repeat) Next(Random dice)
    {
        if (ledger.Unanswered.TryDequeue(out var again))
        {
            return (again, again.Id is not null);
        }

        var roll = dice.Next(10);
        if (roll < 2 && ledger.AnySale(dice) is { } told)
        {
            return (told.Bought, true);
        }

        if (roll == 2 && ledger.AnyLicensed(dice)?.Refund() is { } refund)
        {
            return (refund, false);
        }

        var sale = Sale.New(Interlocked.Increment(ref _lastSale));
        announced?.Invoke(sale);
        return (sale.Bought, false);
    }

    private bool IsBusy(Answer answer)
    {
        var busy = answer.Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        Interlocked.Add(ref _busy, busy ? 1 : 0);
        return busy;
    }

    private void InterlockedMax(long ticks)
    {
        long known;
        while ((known = Interlocked.Read(ref _slowestTicks)) < ticks && Interlocked.CompareExchange(ref _slowestTicks, ticks, known) != known)
        {
        }
    }
}
