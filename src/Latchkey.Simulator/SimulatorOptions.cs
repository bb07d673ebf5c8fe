using Latchkey.Simulator.Faults;

namespace Latchkey.Simulator;

/// <summary>What a <see cref="GumroadSimulator"/> sells, to whom it sends pings, how fast its clock runs and what goes wrong.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The account's own ping URL. Gets <c>sale</c> only; null sends nothing there. Can be changed while it runs, here and on the seller's page.</summary>
    public Uri? PingUrl { get; set; }

    /// <summary>Resource name to the URLs subscribed to it from the start. As with Gumroad, a URL listed twice gets every ping twice.</summary>
    public IDictionary<string, IList<Uri>> Subscriptions { get; } = new Dictionary<string, IList<Uri>>(StringComparer.Ordinal);

    /// <summary>What is for sale at first. More can be made through the API.</summary>
    public IReadOnlyList<SimulatedProduct> Products { get; init; } = SimulatedProduct.Catalog;

    /// <summary>Discount codes at first. More can be made through the API.</summary>
    public IReadOnlyList<SimulatedOfferCode> OfferCodes { get; init; } = SimulatedOfferCode.Catalog;

    /// <summary>How many times faster than the real one the simulator's clock runs: 1 is real, 0 stands still until it is advanced.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Where the clock starts, UTC. Null is now.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>
    /// How many times sooner than Gumroad pings go out (10 s, 5 s) and are tried again (60, 180, 600 s), by the simulator's clock;
    /// above 0, 1 is as Gumroad does. The timeout of 5 s shrinks with it, but never below 1 s.
    /// </summary>
    public double PingSpeed { get; init; } = 1;

    /// <summary>With a seed, ids, license keys and faults are the same on every run. Null draws them at random.</summary>
    public int? Seed { get; init; }

    /// <summary>What goes wrong on the way.</summary>
    public FaultDials Faults { get; init; } = FaultDials.None;

    /// <summary>Which Gumroad is played.</summary>
    public GumroadVersion Version { get; init; }

    /// <summary>Drops <c>url_params</c> from every ping, as Gumroad did for payments that complete later.</summary>
    public bool LosesUrlParams { get; init; }

    /// <summary>
    /// Lets the API and the seller's page set ping URLs on loopback and private networks, which Gumroad refuses. URLs given in
    /// these options are always served.
    /// </summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>The seller's id, the same in every ping.</summary>
    public string SellerId { get; init; } = StableIds.Id("seller");

    /// <summary>The seller's name and address, shown by the API's <c>/v2/user</c>; the seller buying with this address makes a test purchase.</summary>
    public string SellerEmail { get; init; } = "owner@inkwell.example";

    /// <summary>An API token with all scopes that is valid from the start. Null makes none; tokens can be made at <c>/oauth/token</c> and on the seller's page.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The storefront's address as pings and the API name it; null is where the simulator listens.</summary>
    public Uri? ShopUrl { get; init; }

    /// <summary>The storefront's port on loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

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
