namespace Latchkey.Products;

/// <summary>Which key a buyer is given. See the licensing rules, "Foreign keys".</summary>
internal enum KeySource
{
    /// <summary>Gumroad's own key is the key, and Gumroad's receipt shows it: no mail is sent.</summary>
    Shop,

    /// <summary>A generated key only.</summary>
    Own,

    /// <summary>Either works; the generated one is shown first.</summary>
    Both,
}

/// <summary>One app of the tenant.</summary>
/// <param name="KeyPrefix">2 to 8 of A–Z and 0–9, a letter first.</param>
/// <param name="KeySource">Null: <see cref="Products.KeySource.Both"/> when Gumroad sends a key, else <see cref="Products.KeySource.Own"/>.</param>
internal sealed record Product(string Id, string Name, string KeyPrefix, KeySource? KeySource)
{
    /// <summary>Length of its memberships' free trials, counted from the first sale; null when they have none or Gumroad says it.</summary>
    public int? TrialDays { get; init; }

    /// <summary>What happens when a plan of fixed length has run out; null keeps access until the seller has decided.</summary>
    public OnCompleted? OnCompleted { get; init; }
}

/// <summary>What remains of a plan of fixed length, or of installments, once everything is paid.</summary>
internal enum OnCompleted
{
    /// <summary>The right, for ever: the buyer has paid everything.</summary>
    Keep,

    /// <summary>Nothing: it was a membership of fixed length.</summary>
    End,
}
