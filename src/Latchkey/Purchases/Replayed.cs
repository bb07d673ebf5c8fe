using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.Licenses;

namespace Latchkey.Purchases;

/// <summary>A purchase folded once more, beside what is stored of it.</summary>
/// <param name="Entries">How many entries were folded.</param>
/// <param name="Waits">It is still to be folded, so its rows are not compared.</param>
/// <param name="What">What differs.</param>
internal sealed record Replayed(
    string Id, int Entries, bool Waits, Purchase? Purchase, IReadOnlyList<License> Licenses, PurchaseChange? Change, Mending Mending, IReadOnlyList<string> What)
{
    public bool Differs => What.Count > 0;

    /// <summary>Subjects of licenses as they are stored and as they were computed.</summary>
    public IEnumerable<string> Subjects => Licenses.Concat(Change?.Licenses ?? []).Select(l => l.Subject).Distinct(StringComparer.Ordinal);

    /// <summary>What is stored, before it is compared with anything.</summary>
    public static Replayed Of(string id, Purchase? purchase, IReadOnlyList<License> licenses) =>
        new(id, 0, Waits: false, purchase, licenses, null, Mending.None, []);

    /// <summary>There is nothing that it could have been folded from.</summary>
    public Replayed WithoutEntries() => Purchase is null ? this : this with { Mending = Mending.Delete, What = ["without entries"] };

    public Replayed Failed(Exception error) => this with { What = [$"{EntryReasons.FoldFailed}: {error.GetType().Name}"] };

    /// <param name="entries">How many it was folded from.</param>
    /// <param name="keys">The stored keys of its licenses.</param>
    /// <param name="opens">Whether a key of the change is found when it is asked for.</param>
    public Replayed Compared(PurchaseChange change, int entries, IEnumerable<LicenseKeyRow> keys, Func<LicenseKeyRow, bool> opens) => this with
    {
        Entries = entries,
        Change = change,
        Mending = change.Baked.Count > 0 ? Mending.FoldAgain : Mending.Replace,
        What = change.Baked.Count > 0 ? ["not granted"] : Purchase is null ? ["missing"] : Differences(Purchase, change, keys, opens),
    };

    /// <summary>Whether these rows are still those that were compared.</summary>
    public bool StandsAs(Purchase? purchase, IReadOnlyList<License> licenses) => TextOf(purchase, licenses) == TextOf(Purchase, Licenses);

    private List<string> Differences(Purchase purchase, PurchaseChange change, IEnumerable<LicenseKeyRow> keys, Func<LicenseKeyRow, bool> opens) =>
    [
        .. FieldsThatDiffer("purchase", Json(purchase), Json(change.Purchase)),
        .. Licenses.Select(l => l.Id).SequenceEqual(change.Licenses.Select(l => l.Id))
            ? Licenses.Zip(change.Licenses).SelectMany(p => FieldsThatDiffer("license", Json(p.First), Json(p.Second))).Distinct()
            : ["licenses"],
        .. TextOf(keys) == TextOf(change.Keys) && change.Keys.All(opens) ? Array.Empty<string>() : ["keys"],
    ];

    /// <summary>Keys are compared by what they open; a sealed one is sealed anew each time.</summary>
    private static string TextOf(IEnumerable<LicenseKeyRow> keys) => string.Join(
        ';', keys.Select(k => $"{Convert.ToHexString(k.Lookup)}:{k.License}:{k.Foreign}:{k.Retired}:{k.Sealed is null}").Order(StringComparer.Ordinal));

    private static string TextOf(Purchase? purchase, IEnumerable<License> licenses) =>
        string.Join('\n', licenses.Select(l => Json(l).GetRawText()).Prepend(purchase is null ? string.Empty : Json(purchase).GetRawText()));

    private static JsonElement Json(Purchase purchase) => JsonSerializer.SerializeToElement(purchase, ReplayJson.Default.Purchase);

    private static JsonElement Json(License license) => JsonSerializer.SerializeToElement(license, ReplayJson.Default.License);

    private static IEnumerable<string> FieldsThatDiffer(string of, JsonElement a, JsonElement b) => a.EnumerateObject().Concat(b.EnumerateObject())
        .Select(p => p.Name).Distinct(StringComparer.Ordinal)
        .Where(n => Text(a, n) != Text(b, n))
        .Select(n => $"{of}.{n}");

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetRawText() : null;
}
