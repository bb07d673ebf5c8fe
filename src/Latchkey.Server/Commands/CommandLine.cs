using System.CommandLine;

namespace Latchkey.Server.Commands;

/// <summary>Every verb but <c>serve</c>, which needs no parser.</summary>
internal static class CommandLine
{
    private const int UsedWrongly = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Turns Gumroad sales into licenses, and keeps them true.")
        {
            new Command("serve", "Runs the server (the default verb). Settings: --Latchkey:DataDirectory DIR, --urls http://127.0.0.1:5080 …"),
            DemoCommand.Create(),
            TenantCommands.Create(),
            TokenCommands.Create(),
            KeysCommands.Create(),
            PingCommands.Create(),
            SimulatorCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("See 'latchkey --help'.");
            return UsedWrongly;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (CommandException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
    }
}

/// <summary>A command that could not do its work, in a sentence for the person at the terminal.</summary>
internal sealed class CommandException(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode => exitCode;
}
