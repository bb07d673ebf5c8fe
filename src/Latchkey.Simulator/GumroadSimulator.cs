using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Pings;
using Latchkey.Simulator.Storefront;
using Microsoft.AspNetCore.Builder;

namespace Latchkey.Simulator;

/// <summary>
/// A Gumroad that lives on your machine: a storefront with a checkout, and pings with Gumroad's real encoding,
/// delays, retries and losses. Sales live in memory and are gone when it is disposed.
/// </summary>
/// <remarks>
/// Whatever happens is announced later, as Gumroad does: await <see cref="WhenQuietAsync"/> to see all pings out.
/// Unknown ids throw <see cref="KeyNotFoundException"/>; what the state of a sale or membership forbids throws
/// <see cref="InvalidOperationException"/>. Safe for concurrent use.
/// </remarks>
public sealed partial class GumroadSimulator : IAsyncDisposable
{
    private readonly SimulatorOptions _options;
    private readonly Courier _courier;
    private readonly Ledger _ledger;
    private readonly WebApplication _site;

    private GumroadSimulator(SimulatorOptions options)
    {
        _options = options;
        _courier = new Courier(options);
        _ledger = new Ledger(options, _courier, () => Address);
        _site = Site.Build(this, options.Port);
    }

    /// <summary>The storefront, on loopback.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What is for sale.</summary>
    public IReadOnlyList<SimulatedProduct> Products => _options.Products;

    /// <summary>All sales, oldest first.</summary>
    public IReadOnlyList<SimulatedSale> Sales => _ledger.Sales();

    /// <summary>Every POST so far, in the order they were over.</summary>
    public IReadOnlyList<PingAttempt> Attempts => _courier.Attempts;

    /// <summary>Opens the storefront.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not above 0.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<GumroadSimulator> StartAsync(SimulatorOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.Speed > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Speed, "The speed must be above 0; 1 is real time.");
        }

        var simulator = new GumroadSimulator(options);
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

    /// <summary>The sale, or null.</summary>
    public SimulatedSale? FindSale(string saleId) => _ledger.FindSale(saleId);

    /// <summary>Returns once every ping is delivered or given up. With a slow <see cref="SimulatorOptions.Speed"/> retries make that long.</summary>
    public Task WhenQuietAsync(CancellationToken ct) => _courier.WhenQuietAsync(ct);

    /// <summary>
    /// The test button of Gumroad's settings page: one POST to <see cref="SimulatorOptions.PingUrl"/> about the latest
    /// sale, with <c>test=true</c> and without <c>resource_name</c>. Never retried.
    /// </summary>
    public Task<PingAttempt> SendTestPingAsync(CancellationToken ct = default) =>
        _courier.SendOnceAsync(_options.PingUrl ?? throw new InvalidOperationException("The account has no ping URL."), _ledger.TestPing(), ct);

    /// <summary>The seller's resend button: a fresh <c>sale</c> ping about the sale as it is now.</summary>
    public Task ResendPingAsync(string saleId, CancellationToken ct = default) => Now(() => _ledger.Resend(saleId), ct);

    /// <summary>Sends every ping so far once more, in an order drawn from the seed, to see that a receiver minds neither order nor repetition.</summary>
    public Task RepeatAllAsync(int seed, CancellationToken ct) => _courier.RepeatAllAsync(seed, ct);

    /// <summary>Closes the storefront and drops pings that are still due.</summary>
    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _courier.DisposeAsync();
    }

    internal SimulatedProduct? FindProduct(string permalink) => _ledger.FindProduct(permalink);

    internal bool HasPingUrl => _options.PingUrl is not null;

    // The ledger answers at once; the tasks leave room for a simulator that lives elsewhere.
    private static Task<T> Now<T>(Func<T> change, CancellationToken ct) =>
        ct.IsCancellationRequested ? Task.FromCanceled<T>(ct) : Task.FromResult(change());

    private static Task Now(Action change, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        change();
        return Task.CompletedTask;
    }
}
