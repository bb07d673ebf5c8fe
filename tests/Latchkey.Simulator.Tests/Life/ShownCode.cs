using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Latchkey.Simulator.Tests.Life;

/// <summary>Code on a page is code of a test.</summary>
internal static partial class ShownCode
{
    public static void IsCompiled(string page, int blocks, [CallerFilePath] string test = "")
    {
        var compiled = Plain(File.ReadAllText(test));
        var shown = Code().Matches(File.ReadAllText(Path.Combine(Root(), page))).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(blocks, shown.Count);
        Assert.All(shown, code => Assert.Contains(Plain(code), compiled, StringComparison.Ordinal));
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    private static string Plain(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\r?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
