using Latchkey.Contracts.Api;
using Latchkey.Contracts.Keys;

namespace Latchkey.Client;

/// <summary>What became of an activation.</summary>
public abstract record ActivationOutcome
{
    private ActivationOutcome()
    {
    }

    /// <summary>The device has its slot, and a lease that proves it.</summary>
    public sealed record Activated(LicenseState State) : ActivationOutcome;

    /// <summary>The server refused. What was stored before is untouched.</summary>
    /// <param name="Code">One of <see cref="Contracts.Codes"/>.</param>
    /// <param name="Detail">A sentence for people, if the server gave one.</param>
    public sealed record Refused(string Code, string? Detail) : ActivationOutcome
    {
        /// <summary>How many devices may be active, when all slots are taken.</summary>
        public int? Limit { get; init; }

        /// <summary>The devices that take the slots.</summary>
        public IReadOnlyList<ProblemDevice> Devices { get; init; } = [];

        /// <summary>Where the buyer can release one of them.</summary>
        public string? Portal { get; init; }
    }

    /// <summary>This cannot be a key; the server was not asked.</summary>
    /// <param name="Reading">Which rule failed.</param>
    public sealed record KeyMalformed(KeyReading Reading) : ActivationOutcome;

    /// <summary>No answer came that can be believed: no network, a server at rest, a page of something in between.</summary>
    /// <param name="RetryAfter">How long the server wants to be left alone, if it said so.</param>
    public sealed record Unreachable(TimeSpan? RetryAfter) : ActivationOutcome;
}
