using Latchkey.Licenses;
using Latchkey.Rights;

namespace Latchkey.Subjects;

/// <summary>What a subject has of one product.</summary>
/// <param name="Tier">The highest-ranked one among what is usable; null when nothing is.</param>
/// <param name="Entitlements">Of everything usable, in ordinal order; after the end, what stays.</param>
/// <param name="State">Of the license that gives most.</param>
/// <param name="EndsAt">The latest end; null when one lasts.</param>
internal sealed record ProductRights(
    string Product, string? Tier, int Rank, IReadOnlyList<string> Entitlements, LicenseState State, DateTimeOffset? EndsAt);

/// <summary>
/// From the licenses of a subject to what he may do. Several purchases combine here: entitlements are united, the highest tier
/// counts, the latest end. Pure.
/// </summary>
internal static class Entitlements
{
    public static IReadOnlyList<ProductRights> Of(IEnumerable<License> licenses, DateTimeOffset now) =>
    [
        .. licenses.GroupBy(l => l.Product, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => OfProduct(g.Key, [.. g.Select(l => (License: l, Standing: l.StandingAt(now)))])),
    ];

    private static ProductRights OfProduct(string product, List<(License License, Standing Standing)> licenses)
    {
        var usable = licenses.Where(l => l.Standing.IsUsable).ToList();
        if (usable.Count > 0)
        {
            var best = usable.OrderByDescending(l => l.License.Rank).ThenBy(l => l.License.Tier, StringComparer.Ordinal).First().License;
            var isTrial = usable.TrueForAll(l => l.Standing.State == LicenseState.Trial);
            return new(
                product, best.Tier, best.Rank, United(usable.Select(l => l.License.Entitlements)), isTrial ? LicenseState.Trial : LicenseState.Active,
                usable.Exists(l => l.License.Terms.EndsAt is null) ? null : usable.Max(l => l.License.Terms.EndsAt));
        }

        var limited = licenses.Where(l => l.Standing.State == LicenseState.Limited).ToList();
        return limited.Count > 0
            ? new(product, null, 0, United(limited.Select(l => l.License.Terms.KeptAfterEnd!)), LicenseState.Limited, limited.Max(l => l.License.Terms.EndsAt))
            : new(product, null, 0, [], licenses.Min(l => l.Standing.State), licenses.Max(l => l.License.Terms.EndsAt));
    }

    private static string[] United(IEnumerable<IReadOnlyList<string>> all) =>
        [.. all.SelectMany(e => e).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
