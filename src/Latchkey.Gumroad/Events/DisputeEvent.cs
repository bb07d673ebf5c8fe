namespace Latchkey.Gumroad.Events;

/// <summary>A chargeback or PayPal dispute. Of a gift it names the giver's sale, which no ping announced.</summary>
public sealed record DisputeEvent : SaleSnapshot
{
    internal DisputeEvent(EventFields fields)
        : base(fields)
    {
    }

    /// <inheritdoc/>
    public override GumroadResource Resource => GumroadResource.Dispute;
}
