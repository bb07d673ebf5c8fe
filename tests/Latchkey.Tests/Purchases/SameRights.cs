using System.Text.Json;
using Latchkey.Rights;

namespace Latchkey.Tests.Purchases;

/// <summary>Whether two answers are equal: as text, after a quicker look that finds most of them equal.</summary>
internal static class SameRights
{
    public static bool Are(PurchaseRights one, PurchaseRights other) =>
        (one.Licenses.Count == 0 && other.Licenses.Count == 0 && Heads(one) == Heads(other) && one.Holds.SequenceEqual(other.Holds))
        || (one.Licenses.Count == other.Licenses.Count && Heads(one) == Heads(other) && one.Holds.SequenceEqual(other.Holds)
            && one.Licenses.Zip(other.Licenses).All(pair => Are(pair.First, pair.Second)))
        || JsonSerializer.Serialize(one) == JsonSerializer.Serialize(other);

    private static (PurchaseState, DateTimeOffset?, DateTimeOffset?) Heads(PurchaseRights rights) => (rights.State, rights.PaidUntil, rights.NextChange);

    private static bool Are(LicenseRights one, LicenseRights other)
    {
        var terms = other.Terms with { Holds = one.Terms.Holds };
        return one.Terms == terms
            && one.Terms.Holds.SequenceEqual(other.Terms.Holds)
            && one.ForeignKeys.SequenceEqual(other.ForeignKeys)
            && one == other with { Terms = one.Terms, ForeignKeys = one.ForeignKeys };
    }
}
