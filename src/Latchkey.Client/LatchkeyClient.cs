using System.Diagnostics.CodeAnalysis;
using Latchkey.Contracts.Api;

namespace Latchkey.Client;

/// <summary>
/// Licensing inside an app: activate once, then know offline what the buyer may use. <see cref="State"/> and
/// <see cref="Has"/> answer from memory at any time; everything else happens in the background. One instance lives as
/// long as the app. Safe to use from any thread; events come on any thread.
/// </summary>
public sealed partial class LatchkeyClient : IDisposable
{
    private readonly LatchkeyClientOptions _options;
    private readonly ClientIdentity _identity;
    private readonly LeaseMemory _memory;
    private readonly LicenseApi _api;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _life = new();

    /// <summary>One exchange about the license at a time.</summary>
    private readonly SemaphoreSlim _turn = new(1, 1);
    private LicenseState _announced;

    /// <summary>Reads the stored state; asks nobody.</summary>
    /// <exception cref="ArgumentException">An option is missing or wrong; the message says which.</exception>
    public LatchkeyClient(LatchkeyClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsCheck.Require(options);
        _options = options;
        _time = options.Time;

        var server = options.Server!.AbsoluteUri.TrimEnd('/');
        var device = (options.DeviceId ?? new MachineDeviceId()).Read();
        _identity = new(
            options.Issuer ?? $"{server}/{options.Tenant}",
            options.Product,
            DeviceHash.Of(options.Product, device),
            [.. options.RootKeys.Select(OptionsCheck.RootKey)]);
        var storage = options.Storage ?? new FileLeaseStorage(LocalFiles.PathOf($"{options.Tenant}.{options.Product}.license"), device);
        _memory = new(storage, _identity, _time, Diagnose);
        _announced = _memory.State;

        _http = options.Handler is { } given ? new(given, disposeHandler: false) : OwnHttp();
        _http.Timeout = TimeSpan.FromSeconds(15);
        _http.MaxResponseContentBufferSize = 256 * 1024;
        _api = new(_http, $"{server}/v1/tenants/{Uri.EscapeDataString(options.Tenant)}", _time);
    }

    /// <summary>Something else may be used than before. The sender is this client.</summary>
    public event EventHandler? StateChanged;

    /// <summary>Something that came, or was stored, was not believed. For a log.</summary>
    public event EventHandler<DiagnosticEventArgs>? Diagnosed;

    /// <summary>What the buyer may use now. From memory; never waits.</summary>
    public LicenseState State => _memory.State;

    /// <summary>Whether this entitlement may be used now. From memory; never waits.</summary>
    public bool Has(string entitlement) => State.Has(entitlement);

    /// <summary>Stops what runs in the background and keeps the clock's mark.</summary>
    public void Dispose()
    {
        if (_life.IsCancellationRequested)
        {
            return;
        }

        _life.Cancel();
        KeepMark();
        _http.Dispose();
        _life.Dispose();
    }

    private DeviceInfo Device => new()
    {
        Hash = _identity.DeviceHash,
        Name = _options.DeviceName,
        Platform = _options.Platform,
        AppVersion = _options.AppVersion,
    };

    /// <summary>The mark rises while the app runs; written now and then, it outlives a crash.</summary>
    private void KeepMark() => _memory.Change(stored => stored.Key is null ? null : stored);

    private void Announce()
    {
        var state = _memory.State;
        if (!Interlocked.Exchange(ref _announced, state).Equals(state))
        {
            StateChanged?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Diagnose(ClientCheck check, string detail) => Diagnosed?.Invoke(this, new(check, detail));

    [SuppressMessage("Reliability", "CA2000", Justification = "The HttpClient disposes it.")]
    private static HttpClient OwnHttp() =>
#if NET
        new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) });
#else
        new(new HttpClientHandler { AllowAutoRedirect = false });
#endif
}
