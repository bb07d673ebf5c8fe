using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite;

/// <summary>Reads columns by place. Times are Unix milliseconds.</summary>
internal static class RowReading
{
    public static string Text(this SqliteDataReader row, int column) => row.GetString(column);

    public static string? TextOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static byte[] Blob(this SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static byte[]? BlobOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    public static int Int(this SqliteDataReader row, int column) => row.GetInt32(column);

    public static int? IntOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    public static long? LongOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static bool Flag(this SqliteDataReader row, int column) => row.GetInt64(column) != 0;

    public static DateTimeOffset Time(this SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static T Enum<T>(this SqliteDataReader row, int column)
        where T : struct, Enum => EnumText.Parse<T>(row.GetString(column));

    public static T? EnumOrNull<T>(this SqliteDataReader row, int column)
        where T : struct, Enum => row.IsDBNull(column) ? null : EnumText.Parse<T>(row.GetString(column));
}
