using System.Diagnostics;

namespace Latchkey.Server.Tests.Running;

/// <summary>What one run of the program came to.</summary>
internal sealed record Run(int ExitCode, string Output, string Error);

/// <summary>The program as its own process, as a person at a terminal starts it.</summary>
internal static class LatchkeyProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<Run> RunAsync(params string[] args)
    {
        var here = Directory.CreateTempSubdirectory("latchkey-cwd-").FullName;
        var program = Path.Combine(AppContext.BaseDirectory, "Latchkey.Server.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. args])
        {
            WorkingDirectory = here,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
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
}
