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
        Assert.All(shown, code => Assert.Contains(Plain(Using().Replace(code, "")).TrimStart('\n'), compiled, StringComparison.Ordinal));

        // The compiler sees to it that the test names what it needs and no more. Its own namespace opens the simulator's.
        var needed = Namespaces(compiled).Append("Latchkey.Simulator").Order(StringComparer.Ordinal);
        Assert.Equal(needed, Namespaces(shown[0]).Order(StringComparer.Ordinal));
        Assert.All(shown.Skip(1), code => Assert.Empty(Namespaces(code)));
    }

    private static IEnumerable<string> Namespaces(string code) => Using().Matches(code).Select(match => match.Groups[1].Value);

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    private static string Plain(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("^using ([A-Za-z.]+);.*\n", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex("```csharp\r?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
