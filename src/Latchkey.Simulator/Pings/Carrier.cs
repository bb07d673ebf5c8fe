namespace Latchkey.Simulator.Pings;

/// <summary>Posts to real receivers, a few at a time, and says what came of it.</summary>
internal sealed class Carrier(SimulatorOptions options) : IDisposable
{
    private const int Workers = 16;

    private readonly TimeSpan _timeout = Pace.TimeoutAt(options.PingSpeed);
    private readonly HttpClient _client = PingSender.CreateClient(Pace.TimeoutAt(options.PingSpeed));
    private readonly SemaphoreSlim _workers = new(Workers);

    public async Task<(int? Status, string? Failure)> PostAsync(PingTarget target, byte[] body, CancellationToken ct)
    {
        await _workers.WaitAsync(ct);
        try
        {
            var status = await PingSender.PostAsync(_client, target, body, options.Version, MayPostAsync, ct);
            return status is null ? (null, PingAttempt.PrivateAddress) : (status, null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, PingAttempt.TimedOut);
        }
        catch (HttpRequestException e)
        {
            return (null, e.HttpRequestError.ToString());
        }
        finally
        {
            _workers.Release();
        }

        // The older Gumroad looks at the URL it was given only, the newest at every hop of a redirect.
        async Task<bool> MayPostAsync(Uri url, bool isRedirect)
        {
            var isAllowed = target.IsTrusted || options.AllowPrivateAddresses || (isRedirect && options.Version == GumroadVersion.April2025);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(_timeout);
            return await AddressRules.MayPostAsync(url, options.Version, isAllowed, limit.Token);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _workers.Dispose();
    }
}
