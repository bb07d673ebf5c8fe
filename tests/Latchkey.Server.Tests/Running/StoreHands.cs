using Latchkey.Outbox;
using Latchkey.Postgres;
using Latchkey.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.Server.Tests.Running;

/// <summary>Reaches past the program into its store.</summary>
internal static class StoreHands
{
    /// <summary>A statement that both stores understand.</summary>
    public static Task ExecuteAsync(this RunningServer server, string sql, params object?[] values) => TestStore.IsPostgres
        ? server.Service<PostgresDatabase>().WriteAsync(s => s.ExecuteAsync(sql, values), default)
        : server.Service<SqliteDatabase>().Writer.RunAsync(s => s.Execute(sql, values), default);

    public static async Task AppendAsync(this RunningServer server, IReadOnlyList<OutboxMessage> messages)
    {
        if (TestStore.IsPostgres)
        {
            await server.Service<PostgresDatabase>().WriteAsync(
                session =>
                {
                    foreach (var message in messages)
                    {
                        Latchkey.Postgres.Outbox.OutboxRows.Queue(session, message);
                    }

                    return Task.FromResult(messages.Count);
                },
                default);
        }
        else
        {
            await server.Service<SqliteDatabase>().Writer.RunAsync(
                session =>
                {
                    foreach (var message in messages)
                    {
                        Latchkey.Sqlite.Outbox.OutboxRows.Append(session, message);
                    }
                },
                default);
        }

        server.Service<OutboxSignal>().Poke();
    }

    /// <summary>Everything the store holds, as text: what stands in its files, or what its tables show.</summary>
    public static async Task<IReadOnlyList<string>> TextsAsync(this RunningServer server) =>
        TestStore.IsPostgres ? await RowsAsync(server) : await Task.WhenAll(Directory.GetFiles(server.Directory, "latchkey.db*").Select(FileAsync));

    /// <summary>Puts something around a part of the store.</summary>
    public static void Wrap<T>(this IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var inner = services.Single(s => s.ServiceType == typeof(T)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton(provider => wrap((T)ActivatorUtilities.CreateInstance(provider, inner))));
    }

    private static Task<List<string>> RowsAsync(RunningServer server) => server.Service<PostgresDatabase>().ReadAsync(
        async session =>
        {
            await session.ExecuteAsync("set bytea_output = 'escape'");
            var texts = new List<string>();
            foreach (var table in await session.QueryAsync("select quote_ident(tablename) from pg_tables where schemaname = 'public'", r => r.GetString(0)))
            {
                texts.AddRange(await session.QueryAsync($"select t::text from {table} t", r => r.GetString(0)));
            }

            return texts;
        },
        default);

    private static async Task<string> FileAsync(string file)
    {
        // The server has the file open, too.
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return System.Text.Encoding.Latin1.GetString(copy.ToArray());
    }
}
