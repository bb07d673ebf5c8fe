namespace Latchkey.Handlers;

/// <summary>Something happened to a purchase that no single license shows: a membership went on or ended, or the seller has to look at it.</summary>
public sealed class PurchaseEvent : LatchkeyEvent
{
    internal PurchaseEvent()
    {
    }

    /// <summary>The purchase's id.</summary>
    public required string Purchase { get; init; }

    /// <summary>
    /// A code that belongs to it: of a renewal the sale's id at Gumroad, of a change of tier the new key type, of a held purchase the reason; else null.
    /// </summary>
    public required string? Detail { get; init; }
}
