using Npgsql;

namespace Latchkey.Bench.StoreCeiling;

/// <summary>PostgreSQL with a connection and a prepared statement for each writer and reader.</summary>
internal static class PostgresCeiling
{
    public static async Task RunAsync(string connection, int connections, int seconds)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using (var make = source.CreateCommand(Rows.PostgresTable))
        {
            await make.ExecuteNonQueryAsync();
        }

        await using (var fill = Rows.BindId(source.CreateCommand(Rows.Fill)))
        {
            fill.Parameters[0].Value = Rows.ToRead;
            await fill.ExecuteNonQueryAsync();
            Rows.Filled();
        }

        await Pace.MeasureAsync("commit", connections, seconds, _ =>
        {
            var insert = Rows.Bind(Prepared(connection, Rows.Insert));
            return async () =>
            {
                insert.Parameters[0].Value = Rows.Next();
                await insert.ExecuteNonQueryAsync();
            };
        });
        await Pace.MeasureAsync("read", connections, seconds, _ =>
        {
            var read = Rows.BindId(Prepared(connection, Rows.Select));
            return async () =>
            {
                read.Parameters[0].Value = Rows.Some();
                if (await read.ExecuteScalarAsync() is null)
                {
                    throw new InvalidOperationException("The row is not there.");
                }
            };
        });
    }

    /// <summary>Prepared by the driver at its second run. The pair lives as long as this program.</summary>
    private static NpgsqlCommand Prepared(string connection, string text)
    {
        var one = new NpgsqlConnection(connection + ";Pooling=false;Max Auto Prepare=10;Auto Prepare Min Usages=2");
        one.Open();
#pragma warning disable CA2100 // constant texts
        return new NpgsqlCommand(text, one);
#pragma warning restore CA2100
    }
}
