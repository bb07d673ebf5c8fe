using System.Globalization;

namespace Latchkey.Crash;

/// <summary>
/// <c>kill9 --server PROGRAM [--rounds N] [--seed S]</c> kills the server under load and looks at what is left;
/// <c>flushes --server PROGRAM [--pings N]</c> watches it wait for the disk before it answers.
/// Prints <c>ok NAME: …</c> or <c>FAILED NAME: …</c>. Exit codes: 0 held, 1 did not hold, 2 used wrongly.
/// </summary>
internal static class Program
{
    private const int Rounds = 20;
    private const int Pings = 50;

    public static async Task<int> Main(string[] args)
    {
        if (args is not [("kill9" or "flushes") and var check, .. var rest] || !TryRead(rest, out var options) || !options.TryGetValue("server", out var server) || !File.Exists(server))
        {
            await Console.Error.WriteLineAsync("kill9 --server PROGRAM [--rounds N] [--seed S] | flushes --server PROGRAM [--pings N]");
            return 2;
        }

        int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

        var directory = Directory.CreateTempSubdirectory("latchkey-crash-").FullName;
        try
        {
            server = Path.GetFullPath(server);
            var verdict = check == "kill9"
                ? await new KillRounds(server, directory, Number("seed", Random.Shared.Next())).RunAsync(Number("rounds", Rounds))
                : await new FlushCount(server, directory).RunAsync(Number("pings", Pings));
            Console.WriteLine(verdict.Line(check == "kill9" ? "kill9" : "flush-per-commit"));
            return verdict.Held ? 0 : 1;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            Console.WriteLine($"FAILED {check}: {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static bool TryRead(string[] rest, out Dictionary<string, string> options)
    {
        options = rest.Chunk(2).Where(pair => pair is [['-', '-', _, ..], _]).ToDictionary(pair => pair[0][2..], pair => pair[1]);
        return options.Count * 2 == rest.Length && options.Keys.All(name => name is "server" or "rounds" or "seed" or "pings");
    }
}
