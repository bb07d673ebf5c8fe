using System.Diagnostics;
using System.Globalization;

namespace Latchkey.Crash;

/// <summary>Load, kill at a random moment, restart, look; again and again over one database.</summary>
internal sealed class KillRounds(string program, string directory, int seed)
{
    private const int FindingsShown = 5;
    private static readonly TimeSpan Earliest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(2.5);

    /// <summary>One address asks for everybody: the limits per address would be all one saw.</summary>
    private static readonly string[] NoLimits =
    [
        "--Latchkey:Limits:Activate", "0", "--Latchkey:Limits:ActivateHourly", "0", "--Latchkey:Limits:Validate", "0", "--Latchkey:Limits:Deactivate", "0",
    ];

    private readonly Ledger _ledger = new();
    private readonly Random _dice = new(seed);
    private string _pingPath = string.Empty;

    public async Task<Verdict> RunAsync(int rounds)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kill9: {rounds} rounds, --seed {seed}"));
        var started = Stopwatch.GetTimestamp();
        var done = 0;
        var port = ServerProcess.FreePort(_dice);
        var server = await StartAsync(port);
        try
        {
            await server.Shop.OpenAsync();
            _pingPath = server.Shop.PingPath;
            while (done < rounds && _ledger.IsClean)
            {
                var round = ++done;
                var load = new Load(server, _ledger, seed, round);
                var before = _ledger.Activations.Keys.ToHashSet();
                var after = Earliest + ((Latest - Earliest) * _dice.NextDouble());
                await load.RunAndKillAsync(after);
                Blame(server);
                await server.DisposeAsync();

                var killed = Stopwatch.GetTimestamp();
                server = await StartAsync(port);
                var ready = Stopwatch.GetElapsedTime(killed);
                var inspection = new Inspection(server.Shop, _ledger);
                await inspection.QuietAsync();
                var quiet = Stopwatch.GetElapsedTime(killed) - ready;
                await inspection.InspectAsync();
                await inspection.LookAtActivationsAsync(_ledger.Activations.Where(a => !before.Contains(a.Key)));
                Blame(server);
                if (load.Answered == 0)
                {
                    _ledger.Wrong.Enqueue("no ping was answered in a whole round");
                }

                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round}: killed after {after.TotalSeconds:0.00} s with {_ledger.Unanswered.Count} unanswered, {load}; ready in {ready.TotalSeconds:0.00} s, folded {quiet.TotalSeconds:0.0} s later; {_ledger.Lost.Count} lost, {_ledger.Doubled.Count} doubled"));
            }

            await server.KillAsync();
            await StoreFile.InspectAsync(directory, _ledger);
        }
        finally
        {
            await server.DisposeAsync();
        }

        return Sum(done, Stopwatch.GetElapsedTime(started));
    }

    private async Task<ServerProcess> StartAsync(int port)
    {
        var server = await ServerProcess.StartAsync(program, directory, port, NoLimits);
        server.Shop.PingPath = _pingPath;
        return server;
    }

    private void Blame(ServerProcess server)
    {
        foreach (var error in server.Errors)
        {
            _ledger.Wrong.Enqueue($"the server says {error}");
        }
    }

    private Verdict Sum(int rounds, TimeSpan took)
    {
        var sum = string.Create(
            CultureInfo.InvariantCulture,
            $"{rounds} rounds in {took.TotalSeconds:0} s, {_ledger.Answered.Count} pings ({_ledger.AnsweredSales} sales) and {_ledger.Activations.Count} activations acknowledged, {_ledger.Lost.Count} lost, {_ledger.Doubled.Count} doubled");
        string[] findings = [.. _ledger.Lost.Select(l => "lost: " + l), .. _ledger.Doubled.Select(d => "doubled: " + d), .. _ledger.Wrong];
        return new(_ledger.IsClean, findings.Length == 0 ? sum : $"--seed {seed}: {sum}, {findings.Length} findings: {string.Join("; ", findings.Take(FindingsShown))}");
    }
}
