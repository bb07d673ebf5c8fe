using System.CommandLine;
using Latchkey.Server.Demo;

namespace Latchkey.Server.Commands;

/// <summary><c>latchkey demo</c>: everything on this machine, to look at or to tell its story by itself.</summary>
internal static class DemoCommand
{
    private static readonly Option<bool> Script = new("--script") { Description = "Runs the whole story without a person; exits 0 only if all of it held" };

    public static Command Create()
    {
        var command = new Command("demo", "Runs server, simulated Gumroad and a mail catcher on this machine, with a tenant that sells two products") { Script };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var script = parsed.GetValue(Script);
        await using var house = await DemoHouse.OpenAsync(script ? DemoHouse.ScriptSpeed : DemoHouse.Speed, fixedPorts: !script, ct);
        if (script)
        {
            return await Story.TellAsync(house, Console.Out, ct) ? 0 : 1;
        }

        house.Introduce(Console.Out);
        await Task.Delay(Timeout.InfiniteTimeSpan, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }
}
