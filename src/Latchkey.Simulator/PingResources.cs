namespace Latchkey.Simulator;

/// <summary>The names of the eight resources Gumroad sends pings about.</summary>
public static class PingResources
{
    /// <summary>A purchase, or a membership's renewal.</summary>
    public const string Sale = "sale";

    /// <summary>A refund, full or partial.</summary>
    public const string Refund = "refund";

    /// <summary>A chargeback.</summary>
    public const string Dispute = "dispute";

    /// <summary>A chargeback the seller won.</summary>
    public const string DisputeWon = "dispute_won";

    /// <summary>A membership that will end, usually at the end of the period already paid for.</summary>
    public const string Cancellation = "cancellation";

    /// <summary>A membership's tier or number of seats changed.</summary>
    public const string SubscriptionUpdated = "subscription_updated";

    /// <summary>A membership is over.</summary>
    public const string SubscriptionEnded = "subscription_ended";

    /// <summary>A membership came back.</summary>
    public const string SubscriptionRestarted = "subscription_restarted";

    /// <summary>All eight.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Sale, Refund, Dispute, DisputeWon, Cancellation, SubscriptionUpdated, SubscriptionEnded, SubscriptionRestarted];
}
