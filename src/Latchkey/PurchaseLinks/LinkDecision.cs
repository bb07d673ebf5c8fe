using Latchkey.Purchases;

namespace Latchkey.PurchaseLinks;

/// <summary>What became of a link that a purchase came with, to be written as a whole.</summary>
/// <param name="Link">As it was read, with its changes; null when it stays as it is.</param>
/// <param name="Note">The entry that says so from now on.</param>
internal sealed record LinkDecision(PurchaseLink? Link, Fact Note);
