using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Latchkey.Postgres;

/// <summary>A numbered file of SQL.</summary>
/// <param name="Number">1 and on, without gaps.</param>
/// <param name="Name">Of the file, without its ending.</param>
/// <param name="Oldest">The oldest schema whose program still works on the database once this migration is applied; its own number when the file does not say.</param>
/// <param name="Hash">Of the text.</param>
/// <param name="Sql">The text.</param>
internal sealed partial record PostgresMigration(int Number, string Name, int Oldest, string Hash, string Sql)
{
    /// <summary>All that this program has, in their order.</summary>
    public static IReadOnlyList<PostgresMigration> Embedded()
    {
        var assembly = typeof(PostgresMigration).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return Of(name[..^4], reader.ReadToEnd());
        })];
    }

    /// <param name="name">Starts with the number, in four digits.</param>
    /// <param name="text">A line <c>-- oldest: 3</c> in it says that the program of schema 3 and all later ones still work afterwards.</param>
    /// <exception cref="FormatException">The line names no schema, or one that is not there yet.</exception>
    public static PostgresMigration Of(string name, string text)
    {
        var sql = text.ReplaceLineEndings("\n");
        var number = int.Parse(name[..4], CultureInfo.InvariantCulture);
        var oldest = OldestLine().Match(sql) is { Success: true } line ? int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture) : number;
        return oldest >= 1 && oldest <= number
            ? new(number, name, oldest, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))), sql)
            : throw new FormatException($"Migration {name} says '-- oldest: {oldest}'; use 1 to {number}.");
    }

    [GeneratedRegex(@"^-- oldest: (.{0,9})$", RegexOptions.Multiline)]
    private static partial Regex OldestLine();
}
