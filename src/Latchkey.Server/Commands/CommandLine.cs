using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Latchkey.Server.Commands;

/// <summary>Every verb but <c>serve</c>, which needs no parser.</summary>
internal static class CommandLine
{
    private const int UsedWrongly = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        // No RootCommand, which would call itself after the assembly.
        var root = new Command("latchkey", "Turns Gumroad sales into licenses, and keeps them true.")
        {
            new HelpOption(),
            new VersionOption(),
            new Command("serve", "Runs the server (the default verb). Settings: --Latchkey:DataDirectory DIR, --urls http://127.0.0.1:5080 …"),
            DemoCommand.Create(),
            TenantCommands.Create(),
            TokenCommands.Create(),
            KeysCommands.Create(),
            PingCommands.Create(),
            ReplayCommand.Create(),
            CopyCommand.Create(),
            SimulatorCommand.Create(),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync($"See '{VerbOf(parsed.CommandResult)} --help'.");
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

    private static string VerbOf(CommandResult command) =>
        command.Parent is CommandResult above ? $"{VerbOf(above)} {command.Command.Name}" : command.Command.Name;
}

/// <summary>A command that could not do its work, in a sentence for the person at the terminal.</summary>
internal sealed class CommandException(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode => exitCode;
}
