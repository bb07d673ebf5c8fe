namespace Latchkey.Client;

/// <summary>What became of a refresh.</summary>
public abstract record RefreshOutcome
{
    private RefreshOutcome()
    {
    }

    /// <summary>A new signed lease came and is stored. It may be a refusal: see the state.</summary>
    public sealed record Refreshed(LicenseState State) : RefreshOutcome;

    /// <summary>The server said no without a signature, so nothing has changed.</summary>
    /// <param name="Code">One of <see cref="Contracts.Codes"/>.</param>
    public sealed record NotConfirmed(string Code) : RefreshOutcome;

    /// <summary>No answer came that can be believed; nothing has changed.</summary>
    /// <param name="RetryAfter">How long the server wants to be left alone, if it said so.</param>
    public sealed record Unreachable(TimeSpan? RetryAfter) : RefreshOutcome;

    /// <summary>There is nothing to refresh.</summary>
    public sealed record NotActivated : RefreshOutcome;
}
