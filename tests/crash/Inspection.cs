using System.Diagnostics;
using System.Text.Json.Nodes;
using Latchkey.Simulator;

namespace Latchkey.Crash;

/// <summary>Compares what the restarted server shows with what it had promised.</summary>
internal sealed class Inspection(Shop shop, Ledger ledger)
{
    private static readonly TimeSpan QuietWithin = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan MailedWithin = TimeSpan.FromSeconds(20);

    private Dictionary<string, JsonNode> _licenses = [];

    /// <summary>Waits until nothing is left to be folded.</summary>
    public async Task QuietAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while ((await shop.PageAsync("pings?status=received")).Count > 0)
        {
            if (Stopwatch.GetElapsedTime(started) > QuietWithin)
            {
                throw new TimeoutException($"Pings are still waiting {QuietWithin.TotalSeconds} s after the restart.");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>Looks at everything there is.</summary>
    public async Task InspectAsync()
    {
        var pings = await ByIdAsync("pings");
        var purchases = await ByIdAsync("purchases");
        _licenses = await ByIdAsync("licenses");
        LookAtPings(pings);
        LookAtPurchases(purchases, PurchaseBySale(purchases));
        LookAtLicenses(purchases);
        await LookAtMailsAsync();
    }

    /// <summary>Asks for every license's activations, which is worth it once.</summary>
    public Task LookAtActivationsAsync(IEnumerable<KeyValuePair<(string License, string Device), string>> promised) => Parallel.ForEachAsync(
        promised.GroupBy(a => a.Key.License), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (license, _) =>
        {
            var there = (await shop.PageAsync($"licenses/{license.Key}/activations")).Where(a => a!["released_at"] is null).Select(a => a!["id"]!.ToString()).ToHashSet();
            foreach (var (_, id) in license.Where(a => !there.Contains(a.Value)))
            {
                ledger.Lost.Enqueue($"activation {id}");
            }
        });

    private async Task<Dictionary<string, JsonNode>> ByIdAsync(string list)
    {
        var rows = new Dictionary<string, JsonNode>();
        await foreach (var row in shop.WalkAsync(list))
        {
            if (!rows.TryAdd(row["id"]!.ToString(), row))
            {
                ledger.Doubled.Enqueue($"{row["id"]} stands twice in {list}");
            }
        }

        return rows;
    }

    private void LookAtPings(Dictionary<string, JsonNode> pings)
    {
        foreach (var (id, ping) in ledger.Answered)
        {
            if (!pings.TryGetValue(id, out var row))
            {
                ledger.Lost.Enqueue($"{ping.Resource} ping {id}");
            }
            else if (row["status"]!.ToString() != "applied" || row["resource"]?.ToString() != ping.Resource)
            {
                ledger.Wrong.Enqueue($"ping {id} is {row["status"]} as {row["resource"]} ({row["reason"]})");
            }
        }

        foreach (var twice in pings.Values.GroupBy(p => (p["purchase"]?.ToString(), p["resource"]?.ToString())).Where(g => g.Count() > 1))
        {
            ledger.Doubled.Enqueue($"the {twice.Key.Item2} of {twice.Key.Item1} stands {twice.Count()} times in the inbox");
        }
    }

    private Dictionary<string, string> PurchaseBySale(Dictionary<string, JsonNode> purchases)
    {
        var bySale = new Dictionary<string, string>();
        foreach (var (id, purchase) in purchases)
        {
            foreach (var sale in purchase["gumroad"]!["sale_ids"]!.AsArray().Where(sale => !bySale.TryAdd(sale!.ToString(), id)))
            {
                ledger.Doubled.Enqueue($"sale {sale} is in two purchases");
            }
        }

        return bySale;
    }

    private void LookAtPurchases(Dictionary<string, JsonNode> purchases, Dictionary<string, string> bySale)
    {
        foreach (var ping in ledger.Answered.Values)
        {
            if (!bySale.TryGetValue(ping.Sale.Id, out var purchase))
            {
                ledger.Lost.Enqueue($"the purchase of {ping.Resource} {ping.Id}");
            }
            else if (ping.Resource == PingResources.Refund && !(bool)purchases[purchase]["sales"]![0]!["refunded"]!)
            {
                ledger.Lost.Enqueue($"the refund of {purchase}");
            }
        }

        foreach (var (id, purchase) in purchases)
        {
            var count = purchase["licenses"]!.AsArray().Count;
            if (count != 1)
            {
                (count == 0 ? ledger.Lost : ledger.Doubled).Enqueue($"purchase {id} has {count} licenses");
            }
        }
    }

    private void LookAtLicenses(Dictionary<string, JsonNode> purchases)
    {
        var perPurchase = _licenses.Values.CountBy(l => l["purchase"]!.ToString()).ToDictionary();
        foreach (var purchase in purchases.Keys.Where(p => !perPurchase.ContainsKey(p)))
        {
            ledger.Lost.Enqueue($"the license of purchase {purchase}");
        }

        foreach (var (purchase, count) in perPurchase.Where(p => p.Value > 1))
        {
            ledger.Doubled.Enqueue($"{count} licenses stand for purchase {purchase}");
        }

        foreach (var (id, license) in _licenses.Where(l => (int)l.Value["activations_used"]! > (int)l.Value["activation_limit"]!))
        {
            ledger.Doubled.Enqueue($"license {id} has {license["activations_used"]} of {license["activation_limit"]} activations");
        }
    }

    /// <summary>The mailer follows the fold in its own time; what it has not done a while later, it has lost.</summary>
    private async Task LookAtMailsAsync()
    {
        var started = Stopwatch.GetTimestamp();
        Dictionary<string, int> mails;
        do
        {
            mails = (await ByIdAsync("mails")).Values.CountBy(m => m["license"]!.ToString()).ToDictionary();
        }
        while (mails.Count < _licenses.Count && Stopwatch.GetElapsedTime(started) < MailedWithin);

        foreach (var license in _licenses.Keys.Where(l => !mails.ContainsKey(l)))
        {
            ledger.Lost.Enqueue($"the mail of license {license}");
        }

        foreach (var (license, count) in mails.Where(m => m.Value > 1))
        {
            ledger.Doubled.Enqueue($"license {license} has {count} mails");
        }
    }
}
