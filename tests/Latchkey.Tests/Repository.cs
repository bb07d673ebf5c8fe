using System.Runtime.CompilerServices;

namespace Latchkey.Tests;

/// <summary>The source tree these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Project(string name) => Path.Combine(Root, "src", name);

    /// <summary>A project's own source files, without what the build made.</summary>
    public static IEnumerable<string> Sources(string project) =>
        Directory.EnumerateFiles(Project(project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Project(project), file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static string Find([CallerFilePath] string from = "")
    {
        for (var folder = Path.GetDirectoryName(from); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Latchkey.slnx")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException($"No Latchkey.slnx above {from}.");
    }
}
