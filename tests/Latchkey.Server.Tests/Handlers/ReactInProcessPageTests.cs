namespace Latchkey.Server.Tests.Handlers;

/// <summary>What the page shows is what is compiled.</summary>
public sealed class ReactInProcessPageTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(SourceTree.Project, "..", ".."));

    [Fact]
    public void The_program_on_the_page_is_the_sample() =>
        Assert.Contains($"```csharp\n{Text("samples/Handlers/Program.cs")}```\n", Text("docs/how-to/react-in-process.md"), StringComparison.Ordinal);

    private static string Text(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");
}
