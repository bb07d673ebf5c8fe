using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Latchkey.Crash;

/// <summary>What goes on while the server lives: Gumroad tells of sales, apps activate. Ends by itself once the server is gone.</summary>
internal sealed class Load(ServerProcess server, Ledger ledger, int seed, int round)
{
    private const int Senders = 32;
    private const int Activators = 8;
    private const int Devices = Shop.ActivationLimit + 2; // more than a license takes
    private static long _lastSale;

    private readonly Shop _shop = server.Shop;
    private volatile bool _over;
    private int _sales, _repeats, _refunds, _activations, _busy;

    public int Answered => _sales + _repeats + _refunds;

    public override string ToString() =>
        $"{Answered} answered ({_sales} sales, {_repeats} repeats, {_refunds} refunds), {_activations} activations" + (_busy > 0 ? $", {_busy} times busy" : "");

    /// <summary>Loads the server for so long, then kills it.</summary>
    public async Task RunAndKillAsync(TimeSpan after)
    {
        Task[] all =
        [
            .. Enumerable.Range(0, Senders).Select(i => Task.Run(() => UntilOverAsync(new Random(HashCode(i)), SendAsync))),
            .. Enumerable.Range(Senders, Activators).Select(i => Task.Run(() => UntilOverAsync(new Random(HashCode(i)), ActivateAsync))),
        ];
        await Task.Delay(after);
        if (server.HasEnded)
        {
            ledger.Wrong.Enqueue("the server ended by itself");
        }

        _over = true;
        await server.KillAsync();
        await Task.WhenAll(all);
    }

    private int HashCode(int worker) => unchecked((seed * 31) + (round * 1000) + worker);

    private async Task UntilOverAsync(Random dice, Func<Random, Task> act)
    {
        while (!_over)
        {
            try
            {
                await act(dice);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                if (!_over)
                {
                    ledger.Wrong.Enqueue($"no answer while the server lived: {e.Message}");
                    return;
                }
            }
        }
    }

    private async Task SendAsync(Random dice)
    {
        var (ping, repeat) = Next(dice);
        var answered = false;
        try
        {
            var answer = await _shop.PingAsync(ping.Form);
            answered = answer.Status == HttpStatusCode.OK;
            if (answered)
            {
                ledger.Answer(ping, answer.Text("id"));
                Interlocked.Increment(ref repeat ? ref _repeats : ref ping.Resource == "sale" ? ref _sales : ref _refunds);
            }
            else if (answer.Status == HttpStatusCode.ServiceUnavailable)
            {
                Interlocked.Increment(ref _busy);
            }
            else
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

        // Only of a license that was seen: one refunded before it ever stood has no mail.
        return roll == 2 && ledger.AnyLicensed(dice)?.Refund() is { } refund
            ? (refund, false)
            : (Sale.New(Interlocked.Increment(ref _lastSale)).Bought, false);
    }

    private async Task ActivateAsync(Random dice)
    {
        if ((dice.Next(2) == 0 ? ledger.AnyLicensed(dice) : ledger.AnySale(dice)) is not { } sale || (sale.License ?? await FindAsync(sale)) is not { } license)
        {
            await Task.Delay(5); // nothing is folded yet
            return;
        }

        var wasRefunded = sale.IsRefunded;
        var device = DeviceHash(dice.Next(Devices));
        var answer = await _shop.ActivateAsync(license.Key, device);
        switch ((int)answer.Status)
        {
            case 200 or 201:
                ledger.Activated(license.Id, device, answer.Body!["activation"]!["id"]!.ToString());
                Interlocked.Increment(ref _activations);
                break;
            case 409 or 503:
                break;
            case 403 when wasRefunded || sale.IsRefunded:
                break;
            case 404:
                ledger.Lost.Enqueue($"the key of {license.Id} is not known any more");
                break;
            default:
                ledger.Wrong.Enqueue($"activating {license.Id} was answered {(int)answer.Status}");
                break;
        }
    }

    private async Task<(string Id, string Key)?> FindAsync(Sale sale)
    {
        var found = await _shop.PageAsync($"licenses?email={Uri.EscapeDataString(sale.Email)}");
        if (found.Count > 1)
        {
            ledger.Doubled.Enqueue($"{found.Count} licenses for one buyer of one sale");
        }

        if (found.Count == 0)
        {
            return null;
        }

        var id = found[0]!["id"]!.ToString();
        ledger.See(sale, id, await _shop.RevealAsync(id));
        return sale.License;
    }

    private static string DeviceHash(int device) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"dev1|{Shop.Product}|device {device}"))).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
