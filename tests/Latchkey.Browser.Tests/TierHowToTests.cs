using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Latchkey.Browser.Tests;

/// <summary>docs/how-to/unlock-a-page.md: what it shows is the sample.</summary>
public sealed partial class TierHowToTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    [Fact]
    public void The_code_on_the_page_is_the_samples()
    {
        var sample = string.Concat(new[] { "LatchkeyApi.cs", "TierSite.cs", "page.html" }.Select(file => Plain(Text("samples/TierApp/" + file))));
        var shown = Code().Matches(Text("docs/how-to/unlock-a-page.md")).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(7, shown.Count);
        Assert.All(shown, code => Assert.Contains(Plain(code), sample, StringComparison.Ordinal));
    }

    [Fact]
    public void The_settings_on_the_page_are_the_samples()
    {
        var settings = typeof(TierApp.TierSettings).GetConstructors()[0].GetParameters().Select(parameter => "TierApp:" + parameter.Name);
        Assert.Equal(settings, Setting().Matches(Text("docs/how-to/unlock-a-page.md")).Select(match => match.Groups[1].Value));
    }

    private static string Text(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    private static string Plain(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("```(?:csharp|html|js)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\| `(TierApp:\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
