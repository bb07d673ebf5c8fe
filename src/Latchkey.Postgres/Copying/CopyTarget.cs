using System.Globalization;

namespace Latchkey.Postgres.Copying;

/// <summary>A table here that is written from a table there: its columns in their order, and the statements over a part of it.</summary>
internal sealed class CopyTarget
{
    /// <summary>What is called otherwise here.</summary>
    private static readonly Dictionary<(string Table, string Column), string> Renamed = new() { [("subject_claims", "user")] = "owner" };

    private const string ColumnTypes = "select column_name, udt_name from information_schema.columns where table_schema = current_schema() and table_name = $1";

    private const string Referring = "select conrelid::regclass::text from pg_constraint where contype = 'f' and confrelid = $1::regclass";

    private CopyTarget(CopyTable table, IReadOnlyList<string> columns, IReadOnlyList<string> types, IReadOnlyList<string> referring)
    {
        Table = table;
        Types = types;
        ReferringTables = referring;
        KeyPlaces = [.. table.Key.Select(k => table.Columns.ToList().IndexOf(k))];
        var key = KeyPlaces.Select(place => columns[place]).ToList();
        var list = string.Join(", ", columns.Select(Quoted));
        KeyList = string.Join(", ", key.Select(Quoted));
        Copy = $"copy {Quoted(table.Name)} ({list}) from stdin (format binary)";
        RowBytes = string.Create(CultureInfo.InvariantCulture, $"int2send({columns.Count}::int2) || ")
            + string.Join(" || ", columns.Zip(types, (c, t) => $"coalesce({FieldBytes(Quoted(c), t)}, int4send(-1))"));
    }

    public CopyTable Table { get; }

    /// <summary>PostgreSQL's names of the columns' types.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>Where in a row the key's columns are.</summary>
    public IReadOnlyList<int> KeyPlaces { get; }

    /// <summary>Tables whose rows need one of this table. Their key begins with this table's.</summary>
    public IReadOnlyList<string> ReferringTables { get; }

    public string Copy { get; }

    private string KeyList { get; }

    private string RowBytes { get; }

    /// <exception cref="InvalidOperationException">There is no place here for what is there.</exception>
    public static async Task<CopyTarget> OfAsync(PostgresSession session, CopyTable table)
    {
        var types = (await session.QueryAsync(ColumnTypes, r => (Name: r.GetString(0), Type: r.GetString(1)), table.Name)).ToDictionary(c => c.Name, c => c.Type);
        var columns = table.Columns.Select(c => Renamed.GetValueOrDefault((table.Name, c), c)).ToList();
        if (columns.Find(c => !types.ContainsKey(c)) is { } missing)
        {
            throw new InvalidOperationException($"PostgreSQL has no place for {table.Name}.{missing}.");
        }

        return new(table, columns, [.. columns.Select(c => types[c])], await session.QueryAsync(Referring, r => r.GetString(0), table.Name));
    }

    /// <summary>How many rows a part of the table has, and the SHA-256 of what would have to be sent to write them.</summary>
    public string Digest(CopyRange range) =>
        $"select count(*), sha256(coalesce(string_agg({RowBytes}, ''::bytea order by {KeyList}), ''::bytea)) from {Quoted(Table.Name)} where {Where(range)}";

    public string Delete(string table, CopyRange range) => $"delete from {Quoted(table)} where {Where(range)}";

    public override string ToString() => Table.Name;

    private static string Quoted(string name) => $"\"{name}\"";

    /// <summary>A field as a binary COPY carries it: how long it is, then the value.</summary>
    private static string FieldBytes(string column, string type) => type switch
    {
        "int4" => $"int4send(4) || int4send({column})",
        "int8" => $"int4send(8) || int8send({column})",
        "float8" => $"int4send(8) || float8send({column})",
        "bool" => $"int4send(1) || boolsend({column})",
        "text" => $"int4send(octet_length({column})) || textsend({column})",
        "bytea" => $"int4send(octet_length({column})) || {column}",
        _ => throw new InvalidOperationException($"{column} has the type {type}, which a copy does not know."),
    };

    private string Where(CopyRange range)
    {
        string Values(int first) => string.Join(", ", Enumerable.Range(first, KeyPlaces.Count).Select(i => "$" + i.ToString(CultureInfo.InvariantCulture)));
        return (range.After, range.UpTo) switch
        {
            (null, null) => "true",
            (null, _) => $"({KeyList}) <= ({Values(1)})",
            (_, null) => $"({KeyList}) > ({Values(1)})",
            _ => $"({KeyList}) > ({Values(1)}) and ({KeyList}) <= ({Values(1 + KeyPlaces.Count)})",
        };
    }
}

/// <summary>A part of a table: keys after the one, up to and with the other. Null is the table's begin or end.</summary>
internal sealed record CopyRange(object[]? After, object[]? UpTo)
{
    public object[] Values => [.. After ?? [], .. UpTo ?? []];
}
