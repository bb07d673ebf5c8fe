namespace Latchkey.Sqlite.Copying;

/// <param name="Name">The table.</param>
/// <param name="Columns">All of them, in their order.</param>
/// <param name="Types">Of the columns: INTEGER, REAL, TEXT or BLOB.</param>
/// <param name="Key">The primary key's columns, in their order.</param>
internal sealed record SqliteTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Types, IReadOnlyList<string> Key);
