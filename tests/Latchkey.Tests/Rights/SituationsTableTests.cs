using System.Reflection;
using System.Text.RegularExpressions;

namespace Latchkey.Tests.Rights;

/// <summary>docs/reference/situations.md and the tests it names.</summary>
public partial class SituationsTableTests
{
    private static readonly string[] Rows =
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "docs", "reference", "situations.md"))
            .Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| situation |", StringComparison.Ordinal)),
    ];

    private static readonly HashSet<string> Tests =
    [
        .. new[] { typeof(SituationsOfSalesTests), typeof(SituationsOfHoldsTests), typeof(SituationsOfMembershipsTests) }
            .SelectMany(t => t.GetMethods()).Where(m => m.GetCustomAttribute<FactAttribute>() is not null).Select(m => m.Name),
    ];

    [Fact]
    public void Every_row_names_a_test_and_every_test_has_one_row()
    {
        var named = Rows.Select(row => Name().Match(row) is { Success: true } match ? match.Groups[1].Value : $"no test: {row}").ToList();
        Assert.NotEmpty(named);
        Assert.Equal(Tests.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_row_has_its_four_columns() => Assert.All(Rows, row => Assert.Equal(6, row.Split('|').Length));

    [GeneratedRegex(@"\| `(\w+)` \|$")]
    private static partial Regex Name();
}
