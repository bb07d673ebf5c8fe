using System.Globalization;
using Latchkey.AspNetCore.PurchaseLinks;
using Npgsql;

namespace Latchkey.Links;

/// <summary>
/// The app's own book of what its handler does: a line as each call begins, and another as it completes. Nothing is ever changed in it,
/// and each line is durable before the handler goes on.
/// </summary>
internal sealed class CallBook(string connection) : IAsyncDisposable
{
    /// <summary>began is null in a line that says so, and else the number of that line. at is in milliseconds since 1970.</summary>
    public const string Table = """
        create table app_calls (
            id bigint generated always as identity primary key,
            began bigint,
            key text not null,
            link text not null,
            process integer not null,
            repeat boolean not null,
            brought text not null,
            at bigint not null default (extract(epoch from clock_timestamp()) * 1000)::bigint)
        """;

    private readonly NpgsqlDataSource _data = NpgsqlDataSource.Create(connection);

    /// <returns>The number of the call.</returns>
    public Task<long> BeginAsync(PurchaseResult result) => WriteAsync(null, result);

    public Task CompleteAsync(long call, PurchaseResult result) => WriteAsync(call, result);

    public ValueTask DisposeAsync() => _data.DisposeAsync();

    /// <summary>What an order's purchase has to bring: its user, its data, and one license.</summary>
    public static string Brought(string? subject, int? order, int licenses) =>
        string.Create(CultureInfo.InvariantCulture, $"{subject} with order {order} and {licenses} licenses");

    private async Task<long> WriteAsync(long? began, PurchaseResult result)
    {
        await using var command = _data.CreateCommand(
            "insert into app_calls (began, key, link, process, repeat, brought) values ($1, $2, $3, $4, $5, $6) returning id");
        command.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = began });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = result.IdempotencyKey });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = result.Link });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Environment.ProcessId });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = result.IsRepeat });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Brought(result.Subject, result.GetData<OrderData>()?.Order, result.Licenses.Count) });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
