using System.Collections.Concurrent;
using System.Text;
using Latchkey.Gumroad.Pings;
using Latchkey.Simulator;

namespace Latchkey.Crash;

/// <summary>One ping, to be sent as often as it takes.</summary>
internal sealed class Ping(Sale sale, string resource, byte[] form)
{
    public Sale Sale => sale;

    public string Resource => resource;

    public byte[] Form => form;

    /// <summary>The server's id for it, once it was answered.</summary>
    public string? Id { get; set; }
}

/// <summary>A sale that Gumroad tells of, and what became known of its license.</summary>
internal sealed class Sale
{
    private int _refunded;

    private Sale(string id, string email, byte[] form)
    {
        Id = id;
        Email = email;
        Bought = new Ping(this, PingResources.Sale, form);
    }

    public string Id { get; }

    public string Email { get; }

    public Ping Bought { get; }

    /// <summary>Id and key of its license, once they were seen.</summary>
    public (string Id, string Key)? License { get; set; }

    public bool IsRefunded => Volatile.Read(ref _refunded) > 0;

    /// <param name="number">Another one for every sale.</param>
    public static Sale New(long number)
    {
        var email = $"buyer{number}@example.org";
        var payload = SamplePings.Create(PingResources.Sale, [$"email={email}", $"full_name=Mara Ito {number}"]);
        return new Sale(payload["sale_id"]!.ToString(), email, PingEncoder.ToForm(payload));
    }

    /// <summary>The ping of its refund, once.</summary>
    public Ping? Refund() => Interlocked.Exchange(ref _refunded, 1) != 0 ? null : new Ping(this, PingResources.Refund, Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(Bought.Form)
            .Replace("refunded=false", "refunded=true", StringComparison.Ordinal)
            .Replace("resource_name=sale", "resource_name=refund", StringComparison.Ordinal)));
}

/// <summary>Everything the server has promised, and every promise found broken.</summary>
internal sealed class Ledger
{
    private readonly List<Sale> _sales = [];
    private readonly List<Sale> _licensed = [];
    private readonly Lock _gate = new();

    /// <summary>Pings answered 200, by the id in the answer.</summary>
    public ConcurrentDictionary<string, Ping> Answered { get; } = new();

    /// <summary>Activations answered 201 or 200: the id in the answer, by license and device.</summary>
    public ConcurrentDictionary<(string License, string Device), string> Activations { get; } = new();

    /// <summary>Pings whose answer the kill cut off. Gumroad sends such again.</summary>
    public ConcurrentQueue<Ping> Unanswered { get; } = new();

    public ConcurrentQueue<string> Lost { get; } = new();

    public ConcurrentQueue<string> Doubled { get; } = new();

    /// <summary>Neither lost nor doubled, and still not as it should be.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    public bool IsClean => Lost.IsEmpty && Doubled.IsEmpty && Wrong.IsEmpty;

    public int AnsweredSales => Count(_sales);

    public void Answer(Ping ping, string id)
    {
        if (ping.Id is { } earlier && earlier != id)
        {
            Doubled.Enqueue($"the same {ping.Resource} ping is {earlier} and {id}");
        }

        if (Answered.TryAdd(id, ping))
        {
            ping.Id = id;
            if (ping.Resource == PingResources.Sale)
            {
                Add(_sales, ping.Sale);
            }
        }
        else if (Answered[id] != ping)
        {
            Lost.Enqueue($"ping {id} was answered for two different pings");
        }
    }

    public void See(Sale sale, string license, string key)
    {
        lock (_gate)
        {
            if (sale.License is null)
            {
                sale.License = (license, key);
                _licensed.Add(sale);
            }
        }
    }

    public void Activated(string license, string device, string id)
    {
        if (Activations.GetOrAdd((license, device), id) is var earlier && earlier != id)
        {
            Doubled.Enqueue($"one device of {license} has the activations {earlier} and {id}");
        }
    }

    /// <summary>One whose ping was answered.</summary>
    public Sale? AnySale(Random dice) => Any(_sales, dice);

    /// <summary>One whose license was seen.</summary>
    public Sale? AnyLicensed(Random dice) => Any(_licensed, dice);

    private void Add(List<Sale> list, Sale sale)
    {
        lock (_gate)
        {
            list.Add(sale);
        }
    }

    private int Count(List<Sale> list)
    {
        lock (_gate)
        {
            return list.Count;
        }
    }

    private Sale? Any(List<Sale> list, Random dice)
    {
        lock (_gate)
        {
            return list.Count == 0 ? null : list[dice.Next(list.Count)];
        }
    }
}
