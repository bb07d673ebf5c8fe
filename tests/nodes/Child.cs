using System.Diagnostics;
using System.Globalization;

namespace Latchkey.Nodes;

/// <summary>Helping programs, and signals to those this driver started.</summary>
internal static class Child
{
    public static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    }) ?? throw new InvalidOperationException($"{program} did not start.");

    /// <param name="name">As <c>kill</c> takes it: <c>STOP</c>, <c>CONT</c>, <c>TERM</c>.</param>
    public static async Task SignalAsync(string name, int process)
    {
        using var kill = Start("kill", "-" + name, process.ToString(CultureInfo.InvariantCulture));
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"kill -{name} did not reach the process.");
        }
    }
}
