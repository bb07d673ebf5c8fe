namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>Something is to be done for a link at Gumroad now.</summary>
internal sealed class LinkChoreSignal(TimeProvider time) : Signal(time);
