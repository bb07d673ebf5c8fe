namespace Latchkey.PurchaseLinks;

/// <summary>What asking to answer a link's return came to.</summary>
internal abstract record LinkCompletion
{
    private LinkCompletion()
    {
    }

    /// <summary>It is the claimant's to answer.</summary>
    /// <param name="Attempts">How often it was claimed, this time included; more than 1 says that an earlier one may have done part of the work.</param>
    public sealed record Claimed(int Attempts) : LinkCompletion;

    /// <summary>It was answered.</summary>
    public sealed record Completed(byte[] SealedAnswer, DateTimeOffset At) : LinkCompletion;

    /// <summary>Somebody else is about to answer it.</summary>
    /// <param name="Until">His claim ends by itself then.</param>
    public sealed record Busy(DateTimeOffset Until) : LinkCompletion;
}
