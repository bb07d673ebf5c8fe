using System.Diagnostics;
using System.Globalization;
using Latchkey.Crash;

namespace Latchkey.Links;

/// <summary>
/// Two hundred at once on one link: the same ping, returns and looks in Gumroad's sales, on both nodes; and the app's handler is called
/// without a buyer as soon as there is a purchase. Last, a hundred purchases with the same token.
/// </summary>
internal sealed class Race(string directory, int seed)
{
    private const int Pings = 80;
    private const int Returns = 80;
    private const int ReadBacks = 40;
    private const int Rivals = 100;
    private static readonly TimeSpan ClaimFor = TimeSpan.FromMinutes(1);
    private static readonly Dictionary<int, long> NobodyKilled = [];

    public async IAsyncEnumerable<(string Name, Verdict Verdict)> RunAsync()
    {
        await using var site = await Site.OpenAsync(directory, new Random(seed), TimeSpan.Zero, ClaimFor);
        foreach (var strength in new[] { "token", "code", "product" })
        {
            yield return ($"links-race-{strength}", await RaceAsync(site, strength));
        }

        yield return ("links-race-rivals", await RivalsAsync(site));
    }

    private async Task<Verdict> RaceAsync(Site site, string strength)
    {
        var order = await site.Shop.MakeAsync(strength);
        var ping = await site.Shop.PayAsync(order);
        Func<int, Task>[] all =
        [
            .. Enumerable.Repeat<Func<int, Task>>(node => site.Shop.PingAsync(node, ping), Pings),
            .. Enumerable.Repeat<Func<int, Task>>(node => site.Shop.ReturnAsync(node, order), Returns),
            .. Enumerable.Repeat<Func<int, Task>>(node => site.Shop.AskForReadBackAsync(node, order), ReadBacks),
        ];
        var took = await AtOnceAsync(all);
        await site.ToldAsync();
        var books = await Books.ReadAsync(site.House.Database);
        books.Look(order, NobodyKilled);
        return Sum(books, Text($"{all.Length} at once ({Pings} times the ping, {Returns} returns, {ReadBacks} times asked to read back) over two nodes in {took.TotalSeconds:0.0} s"));
    }

    private async Task<Verdict> RivalsAsync(Site site)
    {
        var order = await site.Shop.MakeAsync("token");
        var pings = new List<byte[]>();
        for (var i = 0; i < Rivals; i++)
        {
            pings.Add(await site.Shop.PayAsync(order));
        }

        var took = await AtOnceAsync([.. pings.SelectMany(p => Enumerable.Repeat<Func<int, Task>>(node => site.Shop.PingAsync(node, p), 2))]);
        await site.FoldedAsync();
        await site.Shop.ReturnAsync(0, order);
        await site.ToldAsync();
        var books = await Books.ReadAsync(site.House.Database);
        books.Look(order, NobodyKilled);
        var held = await Books.CountHeldAsync(site.House.Database);
        if (held != Rivals - 1)
        {
            books.Findings.Add($"{held} other purchases are held");
        }

        return Sum(books, Text($"{Rivals} purchases with one token, each pinged to both nodes at once, in {took.TotalSeconds:0.0} s: {held} held without a license"));
    }

    /// <summary>Half of each kind on either node, in an order of chance.</summary>
    private async Task<TimeSpan> AtOnceAsync(Func<int, Task>[] all)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var order = all.Select((act, i) => (Act: act, Node: i % 2)).ToArray();
        new Random(seed).Shuffle(order);
        var tasks = order.Select(o => ActAsync(o.Act, o.Node)).ToArray();
        var started = Stopwatch.GetTimestamp();
        begin.SetResult();
        await Task.WhenAll(tasks);
        return Stopwatch.GetElapsedTime(started);

        async Task ActAsync(Func<int, Task> act, int node)
        {
            await begin.Task;
            await act(node);
        }
    }

    private static Verdict Sum(Books books, string counts)
    {
        var text = Text($"{counts}; {books.Redeemed} redemption, {books.Completed} completed call of the handler, {books.Licenses} license");
        return books.Findings.Count == 0 ? new(true, text) : new(false, $"{text}; {books.Shown}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
