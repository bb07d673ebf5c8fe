using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;

namespace Latchkey.Server.Hosting;

/// <summary>
/// From the signal to the stop. For <c>Latchkey:StopDelaySeconds</c> the node serves as before, but says that it is not ready, so that
/// whoever spreads the load turns to other nodes first. A second signal ends the wait.
/// </summary>
internal sealed class Leaving(IHostApplicationLifetime host, IOptions<LatchkeyOptions> options, TimeProvider time) : IHostLifetime, IDisposable
{
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _lock = new();
    private ITimer? _wait;
    private volatile bool _begun;

    /// <summary>Whether the node was asked to stop.</summary>
    public bool HasBegun => _begun || host.ApplicationStopping.IsCancellationRequested;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _registrations.AddRange(Signals.Select(s => PosixSignalRegistration.Create(s, OnSignal)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _wait?.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true; // the process ends by itself, once everything is put away
        var delay = TimeSpan.FromSeconds(options.Value.StopDelaySeconds);
        lock (_lock)
        {
            if (_begun || delay == TimeSpan.Zero)
            {
                host.StopApplication();
            }
            else
            {
                _wait = time.CreateTimer(_ => host.StopApplication(), null, delay, Timeout.InfiniteTimeSpan);
            }

            _begun = true;
        }
    }
}
