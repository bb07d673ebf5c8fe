using Npgsql;
using NpgsqlTypes;

namespace Latchkey.Postgres;

/// <summary>
/// One connection, for as long as a piece of work lasts. Parameters are <c>$1</c>, <c>$2</c>… in the order of the values, typed by what
/// they are: times are Unix milliseconds. Not safe for use by two at a time.
/// </summary>
internal sealed class PostgresSession(NpgsqlConnection connection)
{
    private readonly SortedSet<string> _toPublish = new(StringComparer.Ordinal);
    private readonly List<(string Sql, object?[] Values, Action<NpgsqlDataReader>? Row)> _queue = [];

    /// <summary>Tenants to whose outbox this work has written.</summary>
    public IReadOnlyCollection<string> ToPublish => _toPublish;

    /// <returns>How many rows were changed.</returns>
    public async Task<int> ExecuteAsync(string sql, params object?[] values)
    {
        await FlushAsync();
        await using var command = Bind(sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<List<T>> QueryAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        await FlushAsync();
        await using var command = Bind(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The first row, or the type's default.</summary>
    public async Task<T?> FirstAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        await FlushAsync();
        await using var command = Bind(sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? read(reader) : default;
    }

    /// <summary>
    /// To be executed before whatever comes next, together with everything else that is queued by then: one journey instead of many.
    /// </summary>
    public void Queue(string sql, params object?[] values) => _queue.Add((sql, values, null));

    /// <summary>As <see cref="Queue"/>, for a question: its rows are in the list once what is queued has been executed.</summary>
    public IReadOnlyList<T> Ask<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        var rows = new List<T>();
        _queue.Add((sql, values, r => rows.Add(read(r))));
        return rows;
    }

    /// <summary>Executes what is queued. A transaction does so by itself before it is committed.</summary>
    public async Task FlushAsync()
    {
        if (_queue.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var (sql, values, _) in _queue)
        {
            var command = new NpgsqlBatchCommand(sql);
            AddTo(command.Parameters, values);
            batch.BatchCommands.Add(command);
        }

        Action<NpgsqlDataReader>[] questions = [.. _queue.Select(q => q.Row).OfType<Action<NpgsqlDataReader>>()];
        _queue.Clear();
        await using var reader = await batch.ExecuteReaderAsync();
        foreach (var row in questions)
        {
            while (await reader.ReadAsync())
            {
                row(reader);
            }

            await reader.NextResultAsync();
        }
    }

    /// <summary>The tenant's new messages are given their positions once this work is committed.</summary>
    public void PublishAfterCommit(string tenant) => _toPublish.Add(tenant);

    /// <summary>Wakes every node once this work is committed; the same word twice counts once.</summary>
    /// <param name="what">One of <see cref="WakeUps"/>.</param>
    public Task NotifyAsync(string what, string tenant) => ExecuteAsync("select pg_notify('latchkey', $1)", what + tenant);

    private NpgsqlCommand Bind(string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        AddTo(command.Parameters, values);
        return command;
    }

    private static void AddTo(NpgsqlParameterCollection parameters, object?[] values)
    {
        foreach (var value in values)
        {
            parameters.Add(Parameter(value));
        }
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        string text => new NpgsqlParameter<string> { TypedValue = StorableText.Of(text), NpgsqlDbType = NpgsqlDbType.Text },
        DateTimeOffset time => new NpgsqlParameter<long> { TypedValue = time.ToUnixTimeMilliseconds() },
        string?[] texts => new NpgsqlParameter { Value = Array.ConvertAll(texts, t => t is null ? null : StorableText.Of(t)) },
        Enum => throw new ArgumentException("An enum is written as its text."),
        _ => new NpgsqlParameter { Value = value },
    };
}
