using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>One ping's way through the memory and the handler. It needs nothing of the request, which may be over before a slow handler is.</summary>
internal sealed partial class PingRun(PingHandler handler, IServiceScopeFactory scopes, TimeProvider time, ILogger<PingRun> logger)
{
    /// <summary>Never throws.</summary>
    /// <returns>True when the ping is done, now or before; false when Gumroad is to send it again.</returns>
    public async Task<bool> DoAsync(TypedPing ping, TimeSpan limit)
    {
        try
        {
            // On a thread of its own: a handler that blocks must not keep the answer waiting.
            return await Task.Run(() => RunAsync(ping, limit)).WaitAsync(limit, time);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            Log.TooSlow(logger, ping.Kind, handler.Name, limit);
            return false;
        }
    }

    /// <summary>Throws nothing but that its time was up.</summary>
    private async Task<bool> RunAsync(TypedPing ping, TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit, time);
        try
        {
            if (ping.Key is null)
            {
                await DeliverAsync(ping, patience.Token);
                return true;
            }

            await using var scope = scopes.CreateAsyncScope();
            var memory = scope.ServiceProvider.GetRequiredService<IPingMemory>();
            var claim = await memory.ClaimAsync(ping.Key, patience.Token);
            if (claim == PingClaim.Granted)
            {
                await DeliverOnceAsync(ping, ping.Key, memory, patience.Token);
                return true;
            }

            Log.Repeated(logger, ping.Kind, handler.Name, claim);
            return claim == PingClaim.Finished;
        }
        catch (Exception e) when (e is not OperationCanceledException || !patience.IsCancellationRequested)
        {
            Log.Failed(logger, ping.Kind, handler.Name, Describe(e));
            return false;
        }
    }

    private async Task DeliverOnceAsync(TypedPing ping, string key, IPingMemory memory, CancellationToken ct)
    {
        try
        {
            await DeliverAsync(ping, ct);
            await memory.FinishAsync(key, CancellationToken.None);
        }
        catch
        {
            await ReleaseAsync(key, memory, ping.Kind);
            throw;
        }
    }

    private async Task DeliverAsync(TypedPing ping, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await ping.DeliverAsync(handler.Make(scope.ServiceProvider), ct);
    }

    private async Task ReleaseAsync(string key, IPingMemory memory, string kind)
    {
        try
        {
            await memory.ReleaseAsync(key, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Why the ping failed matters more, and travels on; the claim lapses by itself.
            Log.NotReleased(logger, kind, handler.Name, Describe(e));
        }
    }

    /// <summary>Types and places only: a message may quote the buyer.</summary>
    private static string Describe(Exception e)
    {
        var text = new StringBuilder();
        for (var fault = e; fault is not null; fault = fault.InnerException)
        {
            text.Append(fault.GetType().FullName).Append('\n').Append(fault.StackTrace).Append('\n');
        }

        return text.ToString().TrimEnd();
    }

    private static partial class Log
    {
        [LoggerMessage(2402, LogLevel.Error, "{Handler} failed on a ping ({Kind}); answered 503, so that Gumroad sends it again. Without its message, which may quote the buyer: {Fault}")]
        public static partial void Failed(ILogger logger, string kind, string handler, string fault);

        [LoggerMessage(2403, LogLevel.Warning, "{Handler} was not done with a ping ({Kind}) within {Limit}; its token was cancelled and 503 answered, so that Gumroad sends the ping again")]
        public static partial void TooSlow(ILogger logger, string kind, string handler, TimeSpan limit);

        [LoggerMessage(2404, LogLevel.Debug, "A ping ({Kind}) for {Handler} came again and was not handled: {Claim}")]
        public static partial void Repeated(ILogger logger, string kind, string handler, PingClaim claim);

        [LoggerMessage(2405, LogLevel.Error, "{Handler} failed on a ping ({Kind}), and the memory could not release it: {Fault}")]
        public static partial void NotReleased(ILogger logger, string kind, string handler, string fault);
    }
}
