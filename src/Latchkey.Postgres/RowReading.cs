using Npgsql;

namespace Latchkey.Postgres;

/// <summary>Reads columns by place. Times are Unix milliseconds.</summary>
internal static class RowReading
{
    public static string Text(this NpgsqlDataReader row, int column) => row.GetString(column);

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[] Blob(this NpgsqlDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static byte[]? BlobOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    public static int Int(this NpgsqlDataReader row, int column) => row.GetInt32(column);

    public static int? IntOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static long Long(this NpgsqlDataReader row, int column) => row.GetInt64(column);

    public static long? LongOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static bool Flag(this NpgsqlDataReader row, int column) => row.GetBoolean(column);

    public static DateTimeOffset Time(this NpgsqlDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static T Enum<T>(this NpgsqlDataReader row, int column)
        where T : struct, Enum => EnumText.Parse<T>(row.GetString(column));

    public static T? EnumOrNull<T>(this NpgsqlDataReader row, int column)
        where T : struct, Enum => row.IsDBNull(column) ? null : EnumText.Parse<T>(row.GetString(column));
}
