using Microsoft.AspNetCore.Builder;

namespace Latchkey.Server.Tests.Running;

/// <summary>How a server differs from the usual one.</summary>
internal sealed record ServerSetup
{
    /// <summary>As on the command line.</summary>
    public string[] Settings { get; init; } = [];

    /// <summary>A data directory that outlives the server; null for one of its own.</summary>
    public string? Directory { get; init; }

    /// <summary>False leaves the program's own mail transport in place.</summary>
    public bool CatchesMails { get; init; } = true;

    public Action<WebApplicationBuilder> Adapt { get; init; } = _ => { };
}
