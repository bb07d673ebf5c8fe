using System.Globalization;
using Npgsql;

namespace Latchkey.Links;

/// <summary>
/// <c>race | kill9 [--rounds N] [--seed S]</c>: purchase links of an app with Latchkey inside, on two nodes over one PostgreSQL. Prints
/// <c>ok NAME: …</c> or <c>FAILED NAME: …</c>. Exit codes: 0 held, 1 did not hold, 2 used wrongly.
/// <c>serve</c> is one such node. <c>bare</c> and <c>pace URL TENANT TOKEN RATE SECONDS plain|keyed</c> are parts of bench/links.
/// </summary>
internal static class Program
{
    private const string Usage = "race | kill9 [--rounds N] [--seed S]";
    private const int Rounds = 50;

    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["serve", .. var settings]:
                await Node.RunAsync(settings);
                return 0;
            case ["bare"]:
                await Bare.RunAsync();
                return 0;
            case ["pace", var url, var tenant, var token, var rate, var seconds, ("plain" or "keyed") and var how]:
                using (var pace = new Pace(new Uri(url), tenant, token, isKeyed: how == "keyed"))
                {
                    return await pace.RunAsync(int.Parse(rate, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture));
                }

            case [("race" or "kill9") and var check, .. var rest] when TryRead(rest, out var options):
                return await CheckAsync(check, options);
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }

    private static async Task<int> CheckAsync(string check, Dictionary<string, int> options)
    {
        var directory = Directory.CreateTempSubdirectory("latchkey-links-").FullName;
        var seed = options.GetValueOrDefault("seed", Random.Shared.Next());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"links-{check}: --seed {seed}"));
        try
        {
            var all = check == "race"
                ? new Race(directory, seed).RunAsync()
                : new KilledNodes(directory, seed).RunAsync(options.GetValueOrDefault("rounds", Rounds));
            var held = true;
            await foreach (var (name, verdict) in all)
            {
                Console.WriteLine(verdict.Line(name));
                held &= verdict.Held;
            }

            return held ? 0 : 1;
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or TimeoutException or OperationCanceledException or NpgsqlException)
        {
            Console.WriteLine($"FAILED links-{check}: {e.Message.ReplaceLineEndings(" ")}");
            return 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static bool TryRead(string[] rest, out Dictionary<string, int> options)
    {
        options = [];
        foreach (var pair in rest.Chunk(2))
        {
            if (pair is not ["--rounds" or "--seed", var text] || !int.TryParse(text, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            options[pair[0][2..]] = number;
        }

        return true;
    }
}
