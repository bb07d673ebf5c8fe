namespace Latchkey;

/// <summary>The settings of an installation, section <c>Latchkey</c>.</summary>
public sealed class LatchkeyOptions
{
    /// <summary>The configuration section these are read from.</summary>
    public const string Section = "Latchkey";

    /// <summary>Where the database, <c>master.key</c> and <c>admin.token</c> live.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>
    /// Where everything is kept: <c>sqlite</c>, a file for one node, or <c>postgres</c>, a database for many. Read by the server; whoever
    /// embeds Latchkey calls <c>UseSqlite</c> or <c>UsePostgres</c> instead.
    /// </summary>
    public string Store { get; set; } = "sqlite";

    /// <summary>
    /// The address under which the outside reaches this server; it goes into mails, links and the <c>iss</c> of new tenants.
    /// May be left out only while the server listens on loopback alone.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <summary>
    /// The installation-wide token; made at first start and written to <c>admin.token</c> when not set. Nodes that share a store make the
    /// same one, from their common master key.
    /// </summary>
    public string? AdminToken { get; set; }

    /// <summary>32 bytes in base64; <c>master.key</c> in the data directory when not set.</summary>
    public string? MasterKey { get; set; }

    /// <summary>Addresses of proxies whose <c>X-Forwarded-For</c> is believed. None by default.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>
    /// How long the server goes on serving after it was asked to stop, 0 to 300 seconds, while <c>/health/ready</c> already answers 503:
    /// time for a load balancer to turn to other nodes. Read by the server.
    /// </summary>
    public double StopDelaySeconds { get; set; }

    /// <summary>How often apps may ask.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>Live streams.</summary>
    public StreamOptions Streams { get; set; } = new();

    /// <summary>For measuring only.</summary>
    public MeasureOptions Measure { get; set; } = new();
}

/// <summary>Requests per address and per key, on each node. 0 switches one off.</summary>
public sealed class LimitOptions
{
    /// <summary>Activations a minute.</summary>
    public int Activate { get; set; } = 10;

    /// <summary>Activations an hour.</summary>
    public int ActivateHourly { get; set; } = 60;

    /// <summary>Validations a minute.</summary>
    public int Validate { get; set; } = 60;

    /// <summary>Deactivations a minute.</summary>
    public int Deactivate { get; set; } = 10;
}

/// <summary>Switches that benchmarks turn; leave them alone otherwise.</summary>
public sealed class MeasureOptions
{
    /// <summary>Receives go on, folding waits.</summary>
    public bool PauseFolding { get; set; }

    /// <summary>The most receives that share one commit: 1 to 4,096.</summary>
    public int ReceiveBatch { get; set; } = 512;
}
