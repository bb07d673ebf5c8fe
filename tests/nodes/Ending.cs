using System.Diagnostics;
using System.Globalization;
using Latchkey.Crash;
using Latchkey.Simulator;

namespace Latchkey.Nodes;

/// <summary>What must hold when all is over, whatever was broken meanwhile.</summary>
internal sealed class Ending(House house)
{
    private const int FindingsShown = 6;
    private const string Owed = "select (select count(*) from mails where state = 'waiting') + (select count(*) from licenses) - (select count(*) from mails)";

    // A claim of a minute whose node is gone, and the pause of a mailer that looks by itself; and some more, for a slow machine.
    private static readonly TimeSpan NextMailWithin = TimeSpan.FromSeconds(100);

    /// <summary>Mails that came again because a node had broken off before it could note them.</summary>
    public int MailsAgain { get; private set; }

    public int Mails => house.Mail.Sum(m => m.Taken().Count);

    public TimeSpan MailedAfter { get; private set; }

    /// <summary>Waits until nothing is under way.</summary>
    public async Task QuietAsync(Shop shop)
    {
        await new Inspection(shop, house.Ledger).QuietAsync();
        var started = Stopwatch.GetTimestamp();
        var (owed, since) = (long.MaxValue, started);
        while (await house.Database.CountAsync(Owed) is > 0 and var left)
        {
            (owed, since) = left < owed ? (left, Stopwatch.GetTimestamp()) : (owed, since);
            if (Stopwatch.GetElapsedTime(since) > NextMailWithin)
            {
                house.Ledger.Lost.Enqueue($"{left} mails are owed, and none has gone out for {NextMailWithin.TotalSeconds} s");
                break;
            }

            await Task.Delay(100);
        }

        MailedAfter = Stopwatch.GetElapsedTime(started);
    }

    public async Task InspectAsync(Shop shop)
    {
        var inspection = new Inspection(shop, house.Ledger);
        await inspection.InspectAsync();
        await LookAtTablesAsync();
        LookAtMails();
    }

    public Verdict Sum(string counts)
    {
        var ledger = house.Ledger;
        string[] findings = [.. ledger.Lost.Select(l => "lost: " + l), .. ledger.Doubled.Select(d => "doubled: " + d), .. ledger.Wrong];
        return new(ledger.IsClean, findings.Length == 0 ? counts : $"{counts}; {findings.Length} findings: {string.Join("; ", findings.Take(FindingsShown))}");
    }

    private async Task LookAtTablesAsync()
    {
        foreach (var (what, sql) in Doubles.All)
        {
            if (await house.Database.CountAsync(sql) is > 0 and var count)
            {
                house.Ledger.Doubled.Enqueue($"{count} {what}");
            }
        }

        var activations = (await house.Database.AllAsync("select id from activations where released_at is null")).ToHashSet();
        foreach (var id in house.Ledger.Activations.Values.Where(id => !activations.Contains(id)))
        {
            house.Ledger.Lost.Enqueue($"activation {id}");
        }

        if (await house.Database.CountAsync("select count(*) from outbox where position is null") is > 0 and var unpublished)
        {
            house.Ledger.Lost.Enqueue($"{unpublished} messages were never published");
        }
    }

    private void LookAtMails()
    {
        var taken = house.Mail.SelectMany((m, place) => m.Taken().Select(mail => (mail.To, mail.At, Node: place + 1))).ToLookup(m => m.To);
        foreach (var sale in house.Ledger.Answered.Values.Where(p => p.Resource == PingResources.Sale && !p.Sale.IsRefunded).Select(p => p.Sale).Distinct())
        {
            if (!taken.Contains(sale.Email))
            {
                house.Ledger.Lost.Enqueue($"the mail of sale {sale.Id}");
            }
        }

        foreach (var mails in taken.Where(t => t.Count() > 1))
        {
            if (mails.Count() > 2 || !house.Mail.Any(m => m.IsExcused(mails.Key)))
            {
                var when = mails.OrderBy(m => m.At).Select(m => string.Create(CultureInfo.InvariantCulture, $"by node {m.Node} at {m.At:HH:mm:ss.fff}"));
                house.Ledger.Doubled.Enqueue($"the mail of one sale went out {string.Join(" and ", when)}");
            }
            else
            {
                MailsAgain++;
            }
        }
    }
}
