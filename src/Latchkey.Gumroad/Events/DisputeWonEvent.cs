namespace Latchkey.Gumroad.Events;

/// <summary>A dispute decided for the seller.</summary>
public sealed record DisputeWonEvent : SaleSnapshot
{
    internal DisputeWonEvent(EventFields fields)
        : base(fields)
    {
    }

    /// <inheritdoc/>
    public override GumroadResource Resource => GumroadResource.DisputeWon;
}
