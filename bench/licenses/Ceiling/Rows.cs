using System.Data.Common;

namespace Latchkey.Bench.StoreCeiling;

/// <summary>A table about as wide as that of activations.</summary>
internal static class Rows
{
    public const int ToRead = 100_000;

    public const string SqliteTable =
        "create table if not exists ceiling (tenant text not null, id integer not null, detail text not null, primary key (tenant, id)) strict, without rowid; delete from ceiling";

    public const string PostgresTable =
        "drop table if exists ceiling; create table ceiling (tenant text collate \"C\" not null, id bigint not null, detail text not null, primary key (tenant, id))";

    public const string Fill = "insert into ceiling select 'bench', i, repeat('x', 200) from generate_series(1, $1) i";

    public const string Insert = "insert into ceiling (tenant, id, detail) values ('bench', $1, $2)";

    public const string Select = "select detail from ceiling where tenant = 'bench' and id = $1";

    private static readonly string Detail = new('x', 200);
    private static long _last;

    public static long Next() => Interlocked.Increment(ref _last);

    /// <summary>From here on <see cref="Next"/> goes on.</summary>
    public static void Filled() => _last = ToRead;

    public static long Some() => Random.Shared.Next(1, ToRead + 1);

    public static T Bind<T>(T command)
        where T : DbCommand
    {
        BindId(command);
        Add(command, Detail);
        return command;
    }

    public static T BindId<T>(T command)
        where T : DbCommand
    {
        Add(command, 0L);
        return command;
    }

    private static void Add(DbCommand command, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = command is Npgsql.NpgsqlCommand ? string.Empty : "$" + (command.Parameters.Count + 1);
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
