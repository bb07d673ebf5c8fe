using System.Globalization;
using Latchkey.Nodes;

namespace Latchkey.Links;

/// <param name="At">Of the call's beginning, in milliseconds since 1970.</param>
internal sealed record Call(long Id, string Key, int Process, bool IsRepeat, string Brought, long At);

/// <summary>What stands in the tables when all is over: Latchkey's, and the app's own book.</summary>
internal sealed class Books
{
    private const int FindingsShown = 6;

    private ILookup<string, Call> _calls = null!;
    private HashSet<long> _completed = null!;
    private ILookup<string, string> _links = null!, _announced = null!, _decided = null!, _licenses = null!, _answered = null!;

    public List<string> Findings { get; } = [];

    public int Redeemed { get; private set; }

    public int Completed { get; private set; }

    public int Licenses { get; private set; }

    /// <summary>Calls that were cut off before they completed.</summary>
    public int CutOff { get; private set; }

    /// <summary>Calls that completed, and whose answer was not stored any more.</summary>
    public int CompletedInVain { get; private set; }

    /// <summary>Links whose handler was called more than once.</summary>
    public int Repeated { get; private set; }

    public static async Task<Books> ReadAsync(Database database)
    {
        async Task<List<string[]>> RowsAsync(string sql) => [.. (await database.AllAsync(sql)).Select(row => row.Split('\t'))];
        var lines = await RowsAsync("select concat_ws(e'\\t', id, coalesce(began, 0), link, key, process, repeat, brought, at) from app_calls order by id");
        long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
        return new Books
        {
            _calls = lines.Where(l => l[1] == "0").ToLookup(l => l[2], l => new Call(Number(l[0]), l[3], (int)Number(l[4]), l[5] == "t", l[6], Number(l[7]))),
            _completed = [.. lines.Where(l => l[1] != "0").Select(l => Number(l[1]))],
            _links = await LookUpAsync("select concat_ws(e'\\t', id, purchase) from purchase_links where state = 'redeemed'"),
            _announced = await LookUpAsync("select concat_ws(e'\\t', detail, purchase) from outbox where kind = 'purchase_link.redeemed'"),
            _decided = await LookUpAsync("select concat_ws(e'\\t', purchase, id) from inbox where source = 'redemption'"),
            _licenses = await LookUpAsync("select concat_ws(e'\\t', purchase, subject) from licenses"),
            _answered = await LookUpAsync("select concat_ws(e'\\t', link, attempts) from purchase_link_completions where completed_at is not null"),
        };

        async Task<ILookup<string, string>> LookUpAsync(string sql) => (await RowsAsync(sql)).ToLookup(row => row[0], row => row[1]);
    }

    /// <summary>One redemption, one license for whom the link is for, and one call of the handler that counts.</summary>
    /// <param name="killed">Processes, and when they were killed at the earliest.</param>
    public void Look(Order order, IReadOnlyDictionary<int, long> killed)
    {
        if (_links[order.Link].ToList() is not [var purchase])
        {
            Findings.Add($"link {order.Link} is not redeemed");
            return;
        }

        Redeemed += Once("announcements of the redemption of", order, _announced[order.Link]);
        Once("decisions about the purchase of", order, _decided[purchase]);
        Licenses += Once("licenses for", order, _licenses[purchase]);
        Once("stored answers for", order, _answered[order.Link]);
        if (_licenses[purchase].Any(s => s != $"user:{order.Number}"))
        {
            Findings.Add($"the license of {order.Link} is somebody else's");
        }

        LookAtCalls(order, [.. _calls[order.Link]], killed);
    }

    /// <summary>Purchases that came with a link that another one had used, and grant nothing.</summary>
    public static Task<long> CountHeldAsync(Database database) => database.CountAsync(
        "select count(*) from purchases where held_for = 'link_already_used' and not exists (select 1 from licenses where purchase = purchases.id)");

    public string Shown => $"{Findings.Count} findings: {string.Join("; ", Findings.Take(FindingsShown))}";

    /// <summary>
    /// The last call counts, and everybody was given its answer. Every earlier one belonged to a node that was killed before its answer was
    /// stored, and nobody was at work for the same purchase before that node was dead.
    /// </summary>
    private void LookAtCalls(Order order, List<Call> calls, IReadOnlyDictionary<int, long> killed)
    {
        if (calls is not [.. var earlier, var last])
        {
            Findings.Add($"the handler was never called for {order.Link}");
            return;
        }

        Repeated += earlier.Count > 0 ? 1 : 0;
        Expect(_completed.Contains(last.Id), $"the last call for {order.Link} did not complete");
        Completed += _completed.Contains(last.Id) ? 1 : 0;
        Expect(order.Answers.All(a => a == $"{Node.CallPrefix}{last.Id}"), $"{order.Link} has {order.Answers.Distinct().Count()} answers");
        Expect(calls.DistinctBy(c => c.Key).Count() == 1, $"{order.Link} has more than one key");
        Expect(calls.TrueForAll(c => c.Brought == order.Brings), $"{order.Link} brought {calls.Find(c => c.Brought != order.Brings)?.Brought}");
        foreach (var (call, next) in earlier.Zip(calls.Skip(1)))
        {
            var wasComplete = _completed.Contains(call.Id);
            (CutOff, CompletedInVain) = wasComplete ? (CutOff, CompletedInVain + 1) : (CutOff + 1, CompletedInVain);
            Expect(
                killed.TryGetValue(call.Process, out var at) && next.At >= at,
                $"{order.Link} was called again though its call {(wasComplete ? "had completed" : "was at work")} on a living node");
            Expect(next.IsRepeat, $"{order.Link} was called again and not told so");
        }
    }

    private int Once(string what, Order order, IEnumerable<string> rows)
    {
        var count = rows.Count();
        Expect(count == 1, $"{count} {what} {order.Link}");
        return count;
    }

    private void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            Findings.Add(otherwise);
        }
    }
}
