namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>What making a link ready at Gumroad came to.</summary>
internal abstract record LinkMade
{
    private LinkMade()
    {
    }

    /// <summary>It can be opened.</summary>
    /// <param name="Made">To be stored with the link.</param>
    public sealed record Ready(MadeAtGumroad Made) : LinkMade;

    /// <summary>It cannot be opened.</summary>
    /// <param name="Code">One of <see cref="LinkErrors"/>.</param>
    /// <param name="Sentence">For the seller.</param>
    /// <param name="Left">
    /// Not null: something of it is, or may be, left at Gumroad. Then the link stays, with this stored and
    /// <see cref="LinkChoreTimes.RemoveNow"/> as its chore, and the sweep takes it away.
    /// </param>
    public sealed record Failed(string Code, string Sentence, MadeAtGumroad? Left) : LinkMade;
}
