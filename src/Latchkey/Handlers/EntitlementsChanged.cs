namespace Latchkey.Handlers;

/// <summary>A subject may do other things than before.</summary>
public sealed class EntitlementsChanged : LatchkeyEvent
{
    internal EntitlementsChanged()
    {
    }

    /// <summary>Grows with every change of the subject. As it is now, so it can be ahead of the change that was the cause.</summary>
    public required long Version { get; init; }

    /// <summary>What the subject may do now, by product; empty for one who has never had anything.</summary>
    public required IReadOnlyList<ProductEntitlements> Products { get; init; }
}
