using System.Collections.Concurrent;

namespace OneTime;

/// <summary>What the user has chosen before he pays; it waits with the link, and comes back with the payment.</summary>
internal sealed record StarOrder(string Star, string Name);

/// <summary>A star that was sold.</summary>
internal sealed record NamedStar(string Star, string Name, string Owner);

/// <summary>Yours is a table with a unique key for the purchase. This one forgets everything when the program stops.</summary>
internal sealed class StarRegister
{
    public static readonly IReadOnlyList<string> Stars = ["Alcor", "Mizar", "Vega"];

    private readonly ConcurrentDictionary<string, NamedStar> _sold = new(StringComparer.Ordinal);

    public IReadOnlyList<NamedStar> Sold => [.. _sold.Values.OrderBy(s => s.Star, StringComparer.Ordinal).ThenBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>The key is the same for one purchase however often the handler is called for it: a second call changes nothing.</summary>
    public NamedStar Enter(string key, StarOrder order, string owner) => _sold.GetOrAdd(key, new NamedStar(order.Star, order.Name, owner));
}
