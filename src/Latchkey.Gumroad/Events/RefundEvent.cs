namespace Latchkey.Gumroad.Events;

/// <summary>A refund. <see cref="SaleSnapshot.Refunded"/> false means a part of the price; Gumroad does not say which, ask its API.</summary>
public sealed record RefundEvent : SaleSnapshot
{
    internal RefundEvent(EventFields fields)
        : base(fields)
    {
    }

    /// <inheritdoc/>
    public override GumroadResource Resource => GumroadResource.Refund;
}
