using System.Collections.Concurrent;

namespace Latchkey.Sqlite.Purchases;

/// <summary>The tenants that are being replayed. There is one process.</summary>
internal sealed class SqliteReplayTurns
{
    private readonly ConcurrentDictionary<string, bool> _tenants = new(StringComparer.Ordinal);

    public IAsyncDisposable? TryBegin(string tenant) => _tenants.TryAdd(tenant, true) ? new Turn(_tenants, tenant) : null;

    private sealed class Turn(ConcurrentDictionary<string, bool> tenants, string tenant) : IAsyncDisposable
    {
        private int _ended;

        public ValueTask DisposeAsync()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                tenants.TryRemove(tenant, out _);
            }

            return default;
        }
    }
}
