using System.Text;
using Latchkey.Contracts.Keys;
using Latchkey.Keys;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Subjects;
using Latchkey.Tenants;

namespace Latchkey.Licenses;

/// <summary>From what a purchase gives to the license rows of the store.</summary>
internal static class LicenseRows
{
    public static IReadOnlyList<License> Of(
        TenantContext tenant, PurchaseBefore before, string name, PurchaseFacts facts, PurchaseRights rights, string? subject, DateTimeOffset now) =>
        [.. rights.Licenses.Select(l => One(tenant, before, name, facts, l, subject, now))];

    /// <summary>Every key that opens the license: the generated ones of all generations, and Gumroad's.</summary>
    public static IEnumerable<LicenseKeyRow> KeysOf(TenantContext tenant, KeyLookup lookup, License license, LicenseRights rights)
    {
        if (license.KeySource != KeySource.Shop || !rights.TakesForeignKeys)
        {
            for (var generation = 0; generation <= license.Generation; generation++)
            {
                var key = GeneratedKey(tenant, license with { Generation = generation });
                yield return new(tenant.Id, lookup.Of(key.Canonical), license.Id, Foreign: false, Retired: generation < license.Generation, Sealed: null);
            }
        }

        foreach (var foreign in rights.ForeignKeys)
        {
            yield return new(tenant.Id, lookup.Of(foreign), license.Id, Foreign: true, Retired: !rights.TakesForeignKeys, SealForeign(tenant, license.Id, foreign));
        }
    }

    public static LicenseKey GeneratedKey(TenantContext tenant, License license) =>
        tenant.Secrets.Derivation.Key(license.KeyPrefix, license.Name, license.Product, license.Index, license.Generation);

    /// <summary>The key to show and mail: the generated one, or Gumroad's where that is the only one.</summary>
    public static string? PreferredKey(TenantContext tenant, License license, IReadOnlyList<LicenseKeyRow> keys) =>
        keys.Any(k => k is { Foreign: false, Retired: false })
            ? GeneratedKey(tenant, license).Display
            : keys.FirstOrDefault(k => k is { Foreign: true, Retired: false, Sealed: not null }) is { } foreign
                ? Encoding.UTF8.GetString(SecretBox.Open(tenant.Secrets.Data, foreign.Sealed!, Place(tenant.Id, license.Id)))
                : null;

    private static License One(
        TenantContext tenant, PurchaseBefore before, string name, PurchaseFacts facts, LicenseRights rights, string? subject, DateTimeOffset now)
    {
        var settings = rights.Settings;
        var id = tenant.Secrets.Derivation.LicenseId(name, settings.Product, rights.Index);
        var standing = Standing.At(rights.Terms, now);
        var source = settings.KeySource == KeySource.Shop && rights.Index > 0
            ? KeySource.Own // Gumroad prints one key, which is the first license's
            : settings.KeySource ?? (rights.TakesForeignKeys ? KeySource.Both : KeySource.Own);
        var license = new License(
            tenant.Id, id, before.Id, name, settings.Product, settings.KeyType, rights.Index, rights.Generation,
            settings.KeyPrefix, source, KeyMasked: string.Empty, standing.State, rights.Terms, settings.Tier, settings.Rank, settings.Entitlements,
            settings.ActivationLimit is { } limit ? (int)Math.Min((long)limit * rights.Seats, int.MaxValue) : null,
            settings.LeaseDays, settings.LeaseGraceDays, rights.PaidUntil, facts.First!.IsTest,
            subject ?? Subject.Purchase(before.Id), facts.First.Email,
            Issued: before.WasIssued(id) || standing.IsUsable, facts.FirstSeenAt);
        return license with
        {
            KeyMasked = source == KeySource.Shop && rights is { TakesForeignKeys: true, ForeignKeys: [var only, ..] } ? ForeignKey.Masked(only) : GeneratedKey(tenant, license).Masked,
        };
    }

    private static byte[] SealForeign(TenantContext tenant, string license, string key) =>
        SecretBox.Seal(tenant.Secrets.Data, Encoding.UTF8.GetBytes(key), Place(tenant.Id, license));

    private static byte[] Place(string tenant, string license) => Encoding.UTF8.GetBytes($"{tenant}|{license}|foreign-key");
}
