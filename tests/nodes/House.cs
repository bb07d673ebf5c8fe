using System.Globalization;
using System.Security.Cryptography;
using Latchkey.Crash;

namespace Latchkey.Nodes;

/// <summary>One installation: a database, and two places for nodes, each with its port, its data directory and its mail server.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly string _program;
    private readonly string _directory;
    private readonly ServerProcess?[] _nodes = new ServerProcess?[2];
    private readonly int[] _ports;

    private House(string program, string directory, Database database, Random dice)
    {
        (_program, _directory, Database) = (program, directory, database);
        _ports = [ServerProcess.FreePort(dice), ServerProcess.FreePort(dice)];
    }

    public Database Database { get; }

    public MailCatcher[] Mail { get; } = [new(), new()];

    public IReadOnlyList<int> Ports => _ports;

    public Ledger Ledger { get; } = new();

    /// <summary>Path and query of the ping address.</summary>
    public string PingPath { get; private set; } = string.Empty;

    public ServerProcess Node(int place) => _nodes[place]!;

    /// <summary>Both nodes have the same secrets, from the environment.</summary>
    public static void SetSecrets()
    {
        Environment.SetEnvironmentVariable("Latchkey__MasterKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        Environment.SetEnvironmentVariable("Latchkey__AdminToken", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)));
        Environment.SetEnvironmentVariable("Latchkey__Store", "postgres");
    }

    public static async Task<House> BuildAsync(string program, string directory, Random dice) =>
        new(program, directory, await Database.StartAsync(dice), dice);

    /// <param name="connection">To the database directly when not said.</param>
    public async Task StartNodeAsync(int place, string? connection = null)
    {
        if (_nodes[place] is { } earlier)
        {
            await earlier.DisposeAsync();
            _nodes[place] = null;
        }

        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        string[] settings =
        [
            "--ConnectionStrings:Latchkey", connection ?? Database.ConnectionTo(Database.Port),
            "--Latchkey:PublicUrl", "http://127.0.0.1:5080",
            "--Latchkey:Streams:HeartbeatSeconds", "1",
            "--Latchkey:Smtp:Host", "127.0.0.1", "--Latchkey:Smtp:Port", Text($"{Mail[place].Port}"),
            "--Latchkey:Smtp:Security", "none", "--Latchkey:Smtp:From", "Inkwell <keys@shop.example>",

            // One address asks for everybody: the limits per address would be all one saw.
            "--Latchkey:Limits:Activate", "0", "--Latchkey:Limits:ActivateHourly", "0", "--Latchkey:Limits:Validate", "0", "--Latchkey:Limits:Deactivate", "0",
        ];
        var data = Directory.CreateDirectory(Path.Combine(_directory, Text($"node{place + 1}"))).FullName;
        var node = await ServerProcess.StartAsync(_program, data, _ports[place], settings);
        _nodes[place] = node;
        if (PingPath.Length == 0)
        {
            await node.Shop.OpenAsync();
            PingPath = node.Shop.PingPath;
        }

        node.Shop.PingPath = PingPath;
    }

    /// <summary>A seller's way in that outlives nodes.</summary>
    public Shop ShopAt(int port, TimeSpan patience) => new(port, patience) { PingPath = PingPath, AdminToken = Node(0).Shop.AdminToken };

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.OfType<ServerProcess>())
        {
            await node.DisposeAsync();
        }

        await Mail[0].DisposeAsync();
        await Mail[1].DisposeAsync();
        await Database.DisposeAsync();
    }
}
