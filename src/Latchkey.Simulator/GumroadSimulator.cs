using Latchkey.Simulator.Api;
using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Clock;
using Latchkey.Simulator.Faults;
using Latchkey.Simulator.Pings;
using Latchkey.Simulator.Storefront;
using Microsoft.AspNetCore.Builder;

namespace Latchkey.Simulator;

/// <summary>
/// A Gumroad that lives on your machine: a storefront with a checkout, memberships that renew and end by a clock you move,
/// an API, and pings with Gumroad's real encoding, delays, retries and losses. All of it lives in memory and is gone when it is disposed.
/// </summary>
/// <remarks>
/// Whatever happens is announced later, as Gumroad does: await <see cref="WhenQuietAsync"/> to see all pings out, or move the clock.
/// Unknown ids throw <see cref="KeyNotFoundException"/>; what the state of a sale or membership forbids throws
/// <see cref="InvalidOperationException"/>; wrong input throws an <see cref="ArgumentException"/> whose message names the field.
/// Safe for concurrent use.
/// </remarks>
public sealed partial class GumroadSimulator : IAsyncDisposable
{
    private readonly WebApplication _site;

    private GumroadSimulator(SimulatorOptions options, IIdentities identities)
    {
        Options = options;
        Timeline = new Timeline(options.StartAt ?? TimeProvider.System.GetUtcNow(), options.Speed);
        Endpoints = new PingEndpoints(options);
        Tokens = new Tokens(options);
        Endpoints.IsApplicationLive = Tokens.IsApplicationLive;
        Courier = new Courier(options, Timeline, Endpoints);
        Ledger = new Ledger(options, identities, Clock, Timeline, Courier, () => options.ShopUrl ?? Address);
        _site = Site.Build(this, options.Port);
    }

    /// <summary>The storefront and the API, on loopback.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The simulator's clock, to be read and given to whatever else is under test.</summary>
    public VirtualClock Clock => Timeline.Clock;

    /// <summary>What goes wrong on the way. Can be changed at any time and counts for pings from then on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dial is below 0 or above 1.</exception>
    public FaultDials Faults
    {
        get => Courier.Faults;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Courier.Faults = value.Checked();
        }
    }

    /// <summary>The account's own ping URL, which gets <c>sale</c> only; null sends nothing there. Can be changed at any time.</summary>
    public Uri? PingUrl { get => Options.PingUrl; set => Options.PingUrl = value; }

    /// <summary>What is for sale.</summary>
    public IReadOnlyList<SimulatedProduct> Products => Ledger.Read(view => view.Products.Select(item => item.Product).ToList());

    /// <summary>All sales, oldest first. A gift is here once, as the receiver's.</summary>
    public IReadOnlyList<SimulatedSale> Sales => Ledger.Read(view => view.Sales.Where(sale => sale.Giftee is null).Select(sale => sale.ToSale()).ToList());

    /// <summary>All memberships and installment plans, in no order.</summary>
    public IReadOnlyList<SimulatedMembership> Memberships => Ledger.Read(view => view.Subscriptions.Values.Select(member => member.ToMembership()).ToList());

    /// <summary>Every POST so far, in the order they were over.</summary>
    public IReadOnlyList<PingAttempt> Attempts => Courier.Attempts;

    internal SimulatorOptions Options { get; }

    internal Timeline Timeline { get; }

    internal PingEndpoints Endpoints { get; }

    internal Courier Courier { get; }

    internal Ledger Ledger { get; }

    internal Tokens Tokens { get; }

    /// <summary>Opens the storefront.</summary>
    /// <param name="options">What is sold and how; Gumroad's own pace and ten invented products when null.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="ArgumentException">A product or discount code is impossible, or the access token empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A speed is below 0, or the pings' is 0; a fault dial is no probability; the port is none.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<GumroadSimulator> StartAsync(SimulatorOptions? options = null, CancellationToken ct = default)
    {
        options ??= new SimulatorOptions();
        return StartAsync(options, new Identities(options.Seed), ct);
    }

    /// <summary>With ids of one's own.</summary>
    internal static async Task<GumroadSimulator> StartAsync(SimulatorOptions options, IIdentities identities, CancellationToken ct)
    {
        Check(options);
        var simulator = new GumroadSimulator(options, identities);
        try
        {
            await simulator._site.StartAsync(ct);
            simulator.Address = new Uri(simulator._site.Urls.First());
            return simulator;
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }
    }

    private static void Check(SimulatorOptions options)
    {
        options.Faults.Checked();
        if (!(options.PingSpeed > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.PingSpeed, "PingSpeed must be above 0; 1 is as Gumroad does.");
        }

        if (options.Port is < 0 or > 65535)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Port, "Port must be 0 to 65535; 0 takes a free one.");
        }

        if (options.AccessToken is not null && string.IsNullOrWhiteSpace(options.AccessToken))
        {
            throw new ArgumentException("AccessToken is empty; leave it null, and CreateAccessToken makes one.", nameof(options));
        }
    }

    /// <summary>The sale, also the paying half of a gift, or null.</summary>
    public SimulatedSale? FindSale(string saleId) => Ledger.Read(view => view.FindSale(saleId)?.ToSale());

    /// <summary>The membership, or null.</summary>
    public SimulatedMembership? FindMembership(string subscriptionId) =>
        Ledger.Read(view => view.Subscriptions.GetValueOrDefault(subscriptionId)?.ToMembership());

    /// <summary>A token of the seller's for the API, of the application that is registered from the start.</summary>
    /// <param name="scopes">For instance <c>view_sales</c>; none gives all of them.</param>
    /// <exception cref="ArgumentException">Gumroad has no such scope.</exception>
    public string CreateAccessToken(params string[] scopes) =>
        Tokens.Create(Tokens.FirstApplication.Id, scopes is { Length: > 0 } ? scopes : Tokens.AllScopes);

    /// <summary>Closes the storefront and drops pings that are still due.</summary>
    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await Timeline.DisposeAsync();
        Courier.Dispose();
    }
}
