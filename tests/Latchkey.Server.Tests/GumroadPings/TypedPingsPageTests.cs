namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>What the page shows is what is compiled.</summary>
public sealed class TypedPingsPageTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(SourceTree.Project, "..", ".."));

    [Fact]
    public void The_program_on_the_page_is_the_sample()
    {
        var page = Text("docs/reference/typed-pings.md");
        Assert.Contains($"```csharp\n{Text("samples/TypedPings/Program.cs")}```\n", page, StringComparison.Ordinal);
    }

    private static string Text(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");
}
