namespace Latchkey.Simulator;

/// <summary>What a <see cref="GumroadSimulator"/> sells, to whom it sends pings and how fast its clock runs.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The account's own ping URL. Gets <c>sale</c> only; null sends nothing there. Read at each ping, so it may be set later.</summary>
    public Uri? PingUrl { get; set; }

    /// <summary>Resource name to the URLs subscribed to it. As with Gumroad, a URL listed twice gets every ping twice. Fill it before the start.</summary>
    public IDictionary<string, IList<Uri>> Subscriptions { get; } = new Dictionary<string, IList<Uri>>(StringComparer.Ordinal);

    /// <summary>What is for sale.</summary>
    public IReadOnlyList<SimulatedProduct> Products { get; init; } = SimulatedProduct.Catalog;

    /// <summary>
    /// How many times faster than Gumroad the delays (10 s, 5 s) and the pauses between attempts (60, 180, 600 s)
    /// pass; above 0, 1 is real. The timeout of 5 s shrinks with it, but never below 1 s.
    /// </summary>
    public double Speed { get; init; } = 1;

    /// <summary>The clock of sales, delays and pauses. Network timeouts always run on the real clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>With a seed, ids and license keys are the same on every run. Null draws them at random.</summary>
    public int? Seed { get; init; }

    /// <summary>The seller's id, the same in every ping.</summary>
    public string SellerId { get; init; } = StableIds.Id("seller");

    /// <summary>The storefront's port on loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>True for Gumroad as of April 2025: a timeout or a refused connection loses the ping. False retries it like a 503.</summary>
    public bool LosesOnTimeout { get; init; }

    /// <summary>Subscribes a URL to one resource.</summary>
    /// <exception cref="ArgumentException">Gumroad has no such resource.</exception>
    public SimulatorOptions Subscribe(string resource, Uri url)
    {
        if (!PingResources.All.Contains(resource))
        {
            throw new ArgumentException($"Gumroad has no resource '{resource}'; it has {string.Join(", ", PingResources.All)}.", nameof(resource));
        }

        if (!Subscriptions.TryGetValue(resource, out var urls))
        {
            Subscriptions[resource] = urls = [];
        }

        urls.Add(url);
        return this;
    }

    /// <summary>Subscribes a URL to all eight resources.</summary>
    public SimulatorOptions SubscribeAll(Uri url)
    {
        foreach (var resource in PingResources.All)
        {
            Subscribe(resource, url);
        }

        return this;
    }
}
