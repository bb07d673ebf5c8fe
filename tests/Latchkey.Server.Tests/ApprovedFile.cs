namespace Latchkey.Server.Tests;

/// <summary>What others read, kept as files: a change of one is a decision. APPROVE=1 rewrites them.</summary>
internal static class ApprovedFile
{
    public static void Matches(string actual, string name)
    {
        var file = Path.Combine(SourceTree.Project, "Approved", name);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"{name} was never approved.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }
}
