using Latchkey.Server.Commands;
using Latchkey.Server.Hosting;

namespace Latchkey.Server;

/// <summary>The program <c>latchkey</c>: its verbs, and nothing else.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        SqliteTuning.Apply();
        return args switch
        {
            [] => ServerHost.RunAsync(args),
            ["serve", .. var rest] when !rest.Contains("--help") => ServerHost.RunAsync(rest),
            [['-', '-', ..] first, ..] when first is not ("--help" or "--version") => ServerHost.RunAsync(args),
            _ => CommandLine.RunAsync(args),
        };
    }
}
