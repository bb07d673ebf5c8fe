using System.Collections.Concurrent;
using Npgsql;

namespace Latchkey.Postgres.Outbox;

/// <summary>
/// Gives messages their positions once they are committed. Positions given inside the transactions would come to light out of order,
/// and a reader that has seen 10 would miss 9. On one node, those who come while a tenant is being published share the next turn.
/// </summary>
internal sealed class OutboxPublisher(NpgsqlDataSource source)
{
    private readonly ConcurrentDictionary<string, Turns> _tenants = new(StringComparer.Ordinal);

    /// <summary>Returns when everything of the tenant that was committed before can be read.</summary>
    public Task PublishAsync(string tenant) => _tenants.GetOrAdd(tenant, static (t, self) => new Turns(() => self.PublishNowAsync(t)), this).NextAsync();

    /// <summary>Publishes what a node has left behind that stopped between its commit and its turn.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        List<string> tenants;
        await using (var connection = await source.OpenConnectionAsync(ct))
        {
            tenants = await new PostgresSession(connection).QueryAsync(OutboxSql.Unpublished, r => r.Text(0));
        }

        foreach (var tenant in tenants)
        {
            await PublishAsync(tenant);
        }
    }

    private async Task PublishNowAsync(string tenant)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var session = new PostgresSession(connection);
        await session.ExecuteAsync(OutboxSql.TakeHead, tenant);
        await session.ExecuteAsync(OutboxSql.Publish, tenant);
        await session.NotifyAsync(WakeUps.Outbox, tenant);
        await transaction.CommitAsync();
    }

    /// <summary>One runs, one more is agreed on for all who came meanwhile.</summary>
    private sealed class Turns(Func<Task> run)
    {
        private readonly Lock _gate = new();
        private Task _running = Task.CompletedTask;
        private Task? _next;

        public Task NextAsync()
        {
            lock (_gate)
            {
                return _running.IsCompleted ? _running = run() : _next ??= AfterAsync(_running);
            }
        }

        private async Task AfterAsync(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            Task turn;
            lock (_gate)
            {
                _next = null;
                turn = _running = run();
            }

            await turn;
        }
    }
}
