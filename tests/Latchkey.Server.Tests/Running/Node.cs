using System.Diagnostics;

namespace Latchkey.Server.Tests.Running;

/// <summary>Programs of Node.js with the packages of tests/npm. Where Node.js is missing, the tests fail: they prove nothing without it.</summary>
internal static class Node
{
    private static readonly Lazy<Task> Packages = new(InstallAsync);

    /// <summary>Starts a script of the folder <c>Node</c>.</summary>
    public static async Task<Process> StartAsync(string script, params string[] args)
    {
        await Packages.Value;
        return Start("node", [Path.Combine(SourceTree.Project, "Node", script), .. args]);
    }

    /// <summary>Starts a program that has these settings in its environment besides its own.</summary>
    public static async Task<Process> StartAppAsync(string program, params (string Name, string Value)[] settings)
    {
        await Packages.Value;
        return Start("node", [program], settings);
    }

    /// <returns>What the script wrote.</returns>
    public static async Task<string> RunAsync(string script, params string[] args)
    {
        using var process = await StartAsync(script, args);
        return await OutputAsync(process);
    }

    /// <summary>As the test script of the repository does it: again only when the lock file has changed.</summary>
    private static async Task InstallAsync()
    {
        var lockFile = Path.Combine(SourceTree.Npm, "package-lock.json");
        var stamp = Path.Combine(SourceTree.Npm, "node_modules", ".installed-from");
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == await File.ReadAllTextAsync(lockFile))
        {
            return;
        }

        using var process = Start("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
        await OutputAsync(process);
        File.Copy(lockFile, stamp);
    }

    private static Process Start(string program, IEnumerable<string> args, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = SourceTree.Npm,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task<string> OutputAsync(Process process)
    {
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}
