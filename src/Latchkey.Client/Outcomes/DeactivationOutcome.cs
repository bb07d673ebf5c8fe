namespace Latchkey.Client;

/// <summary>What became of a deactivation. Locally the license is gone in every case.</summary>
public abstract record DeactivationOutcome
{
    private DeactivationOutcome()
    {
    }

    /// <summary>The slot is free.</summary>
    public sealed record Released : DeactivationOutcome;

    /// <summary>The server could not be asked; the release is kept and tried again at the next start.</summary>
    /// <param name="RetryAfter">How long the server wants to be left alone, if it said so.</param>
    public sealed record Pending(TimeSpan? RetryAfter) : DeactivationOutcome;

    /// <summary>The server refused for now; the release is kept and tried again at the next start.</summary>
    /// <param name="Code">One of <see cref="Contracts.Codes"/>, as a rule <c>release_limit_reached</c>.</param>
    /// <param name="Detail">A sentence for people, if the server gave one.</param>
    /// <param name="NextReleaseAt">When the next release is possible (UTC), if the server said so.</param>
    public sealed record Refused(string Code, string? Detail, DateTimeOffset? NextReleaseAt) : DeactivationOutcome;

    /// <summary>There was nothing to release.</summary>
    public sealed record NotActivated : DeactivationOutcome;
}
