using System.Data.Common;

namespace Latchkey.Postgres.Inbox;

/// <summary>
/// Tells other nodes of tenants with something to fold, after the commit and off its way: a notification inside it would make commits
/// wait for one another. The node that received folds without being told.
/// </summary>
internal sealed class FoldCalls(PostgresDatabase database)
{
    /// <summary>Between two calls; what comes meanwhile is called together.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private HashSet<string> _tenants = new(StringComparer.Ordinal);
    private bool _running;

    public void Call(IEnumerable<string> tenants)
    {
        lock (_gate)
        {
            _tenants.UnionWith(tenants);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        while (Take() is { } tenants)
        {
            try
            {
                await database.StatementAsync(async session => await session.ExecuteAsync(WakeUps.CallAll, WakeUps.Fold, tenants));
            }
            catch (Exception e) when (e is DbException or ObjectDisposedException or InvalidOperationException)
            {
                // The database is away, or closed: other nodes look by themselves.
            }

            await Task.Delay(Pause);
        }
    }

    private string[]? Take()
    {
        lock (_gate)
        {
            string[] tenants = [.. _tenants];
            _tenants = new(StringComparer.Ordinal);
            _running = tenants.Length > 0;
            return _running ? tenants : null;
        }
    }
}
