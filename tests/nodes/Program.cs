using System.Globalization;
using Npgsql;

namespace Latchkey.Nodes;

/// <summary>
/// <c>load | cut-off | full-pool | frozen --server PROGRAM [--seconds N] [--seed S]</c>: two nodes over one PostgreSQL, and what becomes of
/// the work when something breaks. Prints <c>ok NAME: …</c> or <c>FAILED NAME: …</c>. Exit codes: 0 held, 1 did not hold, 2 used wrongly.
/// </summary>
internal static class Program
{
    private const string Usage = "load | cut-off | full-pool | frozen --server PROGRAM [--seconds N] [--seed S]";
    private const int Seconds = 60;

    public static async Task<int> Main(string[] args)
    {
        if (args is not [("load" or "cut-off" or "full-pool" or "frozen") and var check, .. var rest] || !TryRead(rest, out var options)
            || !options.TryGetValue("server", out var server) || !File.Exists(server))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

        var directory = Directory.CreateTempSubdirectory("latchkey-nodes-").FullName;
        var seed = Number("seed", Random.Shared.Next());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"nodes-{check}: --seed {seed}"));
        try
        {
            server = Path.GetFullPath(server);
            House.SetSecrets();
            var verdict = check switch
            {
                "load" => await new MixedLoad(server, directory, seed).RunAsync(TimeSpan.FromSeconds(Number("seconds", Seconds))),
                "cut-off" => await new CutOff(server, directory, seed).RunAsync(),
                "full-pool" => await new FullPool(server, directory, seed).RunAsync(),
                _ => await new FrozenNode(server, directory, seed).RunAsync(),
            };
            Console.WriteLine(verdict.Line($"nodes-{check}"));
            return verdict.Held ? 0 : 1;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or TimeoutException or OperationCanceledException or NpgsqlException)
        {
            Console.WriteLine($"FAILED nodes-{check}: {e.Message.ReplaceLineEndings(" ")}");
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
        return options.Count * 2 == rest.Length && options.Keys.All(name => name is "server" or "seconds" or "seed");
    }
}
