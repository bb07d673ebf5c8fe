using System.Runtime.CompilerServices;

namespace Latchkey.Server.Tests;

/// <summary>Where the sources of these tests are.</summary>
internal static class SourceTree
{
    public static string Project { get; } = Here();

    public static string Npm => Path.GetFullPath(Path.Combine(Project, "..", "npm"));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
