using System.Data.Common;
using Latchkey.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Latchkey.Postgres;

/// <summary>
/// Hears what other nodes did: something to fold, something in the outbox, changed settings. Losing a call costs latency, never work:
/// everybody who is woken here also looks by himself from time to time.
/// </summary>
internal sealed partial class PostgresListener(
    PostgresDatabase database, TenantDirectory tenants, FoldSignal folds, OutboxSignal outbox, TimeProvider time, ILogger<PostgresListener> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(() => pause = FirstPause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.Deaf(logger, pause, e);
                await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task ListenAsync(Action heard, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var calls = new HashSet<string>(StringComparer.Ordinal);
        connection.Notification += (_, call) => calls.Add(call.Payload);
        await new PostgresSession(connection).ExecuteAsync($"listen {WakeUps.Channel}");
        heard();

        // Whatever was called out before is made up for.
        tenants.Forget();
        folds.Poke();
        outbox.Poke();
        var swept = time.GetTimestamp();
        while (true)
        {
            await connection.WaitAsync(SweepEvery, ct);
            await PassOnAsync(calls, ct);
            calls.Clear();
            if (time.GetElapsedTime(swept) >= SweepEvery)
            {
                await SweepAsync(connection, ct);
                swept = time.GetTimestamp();
            }
        }
    }

    private async Task PassOnAsync(HashSet<string> calls, CancellationToken ct)
    {
        // Settings first, so that what is folded next is folded with them.
        var changed = calls.Where(c => c.StartsWith(WakeUps.Tenant, StringComparison.Ordinal)).ToList();
        foreach (var tenant in changed)
        {
            await tenants.ReloadAsync(tenant[WakeUps.Tenant.Length..], ct);
        }

        if (changed.Count > 0 || calls.Any(c => c.StartsWith(WakeUps.Fold, StringComparison.Ordinal)))
        {
            folds.Poke();
        }

        if (calls.Any(c => c.StartsWith(WakeUps.Outbox, StringComparison.Ordinal)))
        {
            outbox.Poke();
        }
    }

    /// <summary>Also shows whether the connection still stands.</summary>
    private async Task SweepAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await new PostgresSession(connection).ExecuteAsync("select 1");
        try
        {
            await database.Publisher.SweepAsync(ct);
        }
        catch (DbException)
        {
            // Those messages wait for the next one to publish, or for the next sweep.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2601, LogLevel.Warning, "Other nodes cannot be heard; the next attempt is in {Pause}, and until then this node looks by itself")]
        public static partial void Deaf(ILogger logger, TimeSpan pause, Exception e);
    }
}
