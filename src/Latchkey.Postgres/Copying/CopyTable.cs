namespace Latchkey.Postgres.Copying;

/// <summary>A table of the store that is copied from.</summary>
/// <param name="Name">As it is called in both stores.</param>
/// <param name="Columns">All of them.</param>
/// <param name="Key">Columns that tell rows apart, of which no two rows have the same.</param>
/// <param name="Rows">
/// In the order of the key, as they are at one moment. Values are long, double or bytes, in the order of the columns; texts are bytes of UTF-8.
/// </param>
internal sealed record CopyTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Key, Func<IEnumerable<object?[]>> Rows);
