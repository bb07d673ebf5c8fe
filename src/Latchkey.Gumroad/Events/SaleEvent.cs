namespace Latchkey.Gumroad.Events;

/// <summary>A sale, a renewal, a gift received or a pre-order.</summary>
public sealed record SaleEvent : SaleSnapshot
{
    internal SaleEvent(EventFields fields)
        : base(fields)
    {
    }

    /// <inheritdoc/>
    public override GumroadResource Resource => GumroadResource.Sale;
}
