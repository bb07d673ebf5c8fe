using System.Reflection;
using System.Xml.Linq;
using Latchkey.Contracts.Leases;
using Latchkey.Gumroad.Pings;
using Latchkey.Inbox;

namespace Latchkey.Tests;

/// <summary>
/// Who may know whom: <c>Contracts, Gumroad ← Latchkey ← Sqlite, Postgres, AspNetCore ← Server; Contracts ← Client; Gumroad ← Simulator ← Server</c>.
/// </summary>
public class DependencyArrows
{
    private const string ForTheOlderTarget = "'$(TargetFramework)' == 'netstandard2.0'";

    /// <summary>What net10.0 has built in and netstandard2.0 has not.</summary>
    private static readonly HashSet<string> OnlyForTheOlderTarget = ["Microsoft.Bcl.TimeProvider", "System.Text.Json"];

    [Theory]
    [InlineData("Latchkey.Contracts")]
    [InlineData("Latchkey.Gumroad")]
    [InlineData("Latchkey", "Latchkey.Contracts", "Latchkey.Gumroad")]
    [InlineData("Latchkey.Client", "Latchkey.Contracts")]
    [InlineData("Latchkey.Simulator", "Latchkey.Gumroad")]
    [InlineData("Latchkey.Sqlite", "Latchkey")]
    [InlineData("Latchkey.Postgres", "Latchkey")]
    [InlineData("Latchkey.AspNetCore", "Latchkey")]
    [InlineData("Latchkey.Server", "Latchkey.AspNetCore", "Latchkey.Client", "Latchkey.Postgres", "Latchkey.Simulator", "Latchkey.Sqlite")]
    public void A_project_refers_to_these_and_no_others(string project, params string[] allowed) =>
        Assert.Equal(allowed.Order(StringComparer.Ordinal), Items(project, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_project_has_its_arrows_held()
    {
        var held = typeof(DependencyArrows).GetMethod(nameof(A_project_refers_to_these_and_no_others))!
            .GetCustomAttributes<InlineDataAttribute>().Select(a => (string)a.Data[0]!);
        var there = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(p => Path.GetFileNameWithoutExtension(p));
        Assert.Equal(there.Order(StringComparer.Ordinal), held.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Latchkey.Gumroad")]
    [InlineData("Latchkey.Contracts", "Portable.BouncyCastle")]
    [InlineData("Latchkey.Client")]
    [InlineData("Latchkey", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options")]
    public void What_others_build_on_stands_on_these_packages_and_no_others(string project, params string[] allowed)
    {
        Assert.Equal(allowed, Items(project, "PackageReference", olderTarget: false).Order(StringComparer.Ordinal));
        Assert.Subset(OnlyForTheOlderTarget, Items(project, "PackageReference", olderTarget: true).ToHashSet());
        Assert.Empty(Items(project, "FrameworkReference"));
        Assert.Equal("Microsoft.NET.Sdk", File(project).Root!.Attribute("Sdk")!.Value);
    }

    [Theory]
    [InlineData("Latchkey.AspNetCore", "Npgsql", "Microsoft.Data.Sqlite", "SQLitePCLRaw")]
    [InlineData("Latchkey.Sqlite", "Npgsql", "Microsoft.AspNetCore")]
    [InlineData("Latchkey.Postgres", "Microsoft.Data.Sqlite", "SQLitePCLRaw", "Microsoft.AspNetCore")]
    [InlineData("Latchkey.Simulator", "Npgsql", "Microsoft.Data.Sqlite", "SQLitePCLRaw")]
    public void A_wing_does_not_bring_the_other_wings_packages(string project, params string[] forbidden) =>
        Assert.DoesNotContain(
            Items(project, "PackageReference").Concat(Items(project, "FrameworkReference")),
            name => forbidden.Any(f => name.StartsWith(f, StringComparison.Ordinal)));

    public static TheoryData<string, string[]> Built => new()
    {
        { typeof(PingDecoder).Assembly.GetName().Name!, ["System."] },
        { typeof(LeaseToken).Assembly.GetName().Name!, ["System.", "BouncyCastle.Crypto"] },
        { typeof(Entry).Assembly.GetName().Name!, ["System.", "Microsoft.Extensions.", "Latchkey.Contracts", "Latchkey.Gumroad"] },
    };

    [Theory, MemberData(nameof(Built))]
    public void What_was_built_refers_to_nothing_else_either(string assembly, string[] allowed)
    {
        var references = Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!).ToList();
        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, name => !allowed.Any(a => name.StartsWith(a, StringComparison.Ordinal)));
    }

    [Fact]
    public void One_file_knows_which_library_signs() =>
        Assert.Equal(["Ed25519.cs"], Mentioning("Latchkey.Contracts", "Org.BouncyCastle").Select(file => Path.GetFileName(file)));

    [Fact]
    public void Gumroads_events_stop_at_the_translator_and_the_merge()
    {
        var mentioning = Mentioning("Latchkey", "Latchkey.Gumroad.Events").Order(StringComparer.Ordinal);
        Assert.Equal(["Inbox/Translator.cs", "Inbox/TypedFields.cs", "Purchases/FactMerge.cs", "Purchases/SubscriptionMerge.cs"], mentioning);
    }

    [Theory]
    [InlineData("Latchkey.Sqlite")]
    [InlineData("Latchkey.Postgres")]
    [InlineData("Latchkey.AspNetCore")]
    public void No_store_and_no_reply_repeats_Gumroads_types(string project) =>
        Assert.DoesNotContain(Mentioning(project, "Gumroad.Events"), file => !file.StartsWith("GumroadPings/", StringComparison.Ordinal)); // typed receiving is theirs

    private static IEnumerable<string> Mentioning(string project, string text) =>
        Repository.Sources(project).Where(file => System.IO.File.ReadAllText(file).Contains(text, StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Project(project), file).Replace('\\', '/'));

    // True: only what netstandard2.0 needs besides; false: only what every target has; null: both.
    private static IEnumerable<string> Items(string project, string kind, bool? olderTarget = null) =>
        File(project).Descendants(kind)
            .Where(item => olderTarget is null || olderTarget == item.AncestorsAndSelf().Any(e => e.Attribute("Condition")?.Value == ForTheOlderTarget))
            .Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));

    private static XDocument File(string project) => XDocument.Load(Path.Combine(Repository.Project(project), project + ".csproj"));
}
