using System.Diagnostics;

namespace Latchkey.Server.Tests.Running;

/// <summary>What one run of the program came to.</summary>
internal sealed record Run(int ExitCode, string Output, string Error);

/// <summary>The program as its own process, as a person at a terminal starts it.</summary>
internal static class LatchkeyProcess
{
    private const string DataDirectory = "--Latchkey:DataDirectory";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Run> RunAsync(params string[] args)
    {
        var here = Directory.CreateTempSubdirectory("latchkey-cwd-").FullName;
        using var process = Start(here, args);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            return new Run(process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            Directory.Delete(here, recursive: true);
        }
    }

    /// <summary>Starts it. A server with a data directory runs on the store of this run, unless the arguments name another one.</summary>
    public static Process Start(string workingDirectory, params string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Latchkey.Server.dll");
        var store = Array.IndexOf(args, DataDirectory) is >= 0 and var at && !args.Contains("--Latchkey:Store") ? TestStore.SettingsFor(args[at + 1]) : [];
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. args, .. store])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
