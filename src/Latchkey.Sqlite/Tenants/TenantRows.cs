using System.Text.Json;
using Latchkey.Leases;
using Latchkey.Products;
using Latchkey.Tenants;
using Microsoft.Data.Sqlite;

namespace Latchkey.Sqlite.Tenants;

/// <summary>Between a tenant's settings and their rows.</summary>
internal static class TenantRows
{
    public static TenantRow? Find(SqliteSession s, string tenant) => s.First(
        TenantSql.Find,
        r => new TenantRow(
            ReadTenant(r), ReadIntegration(r), r.Int(9), new WrappedSecrets(r.Blob(10), r.Blob(11)),
            s.Query(TenantSql.Tokens, ReadToken, tenant),
            s.Query(TenantSql.Products, ReadProduct, tenant),
            s.Query(TenantSql.KeyTypes, ReadKeyType, tenant),
            new RuleSet(r.Int(12), s.Query(TenantSql.Rules, ReadRule, tenant)),
            s.Query(TenantSql.SigningKeys, ReadSigningKey, tenant)),
        tenant);

    public static Tenant ReadTenant(SqliteDataReader r) => new(r.Text(0), r.Text(1), r.Enum<TenantState>(2), r.Text(3), r.Time(4));

    /// <returns>False when the id is taken.</returns>
    public static bool Add(SqliteSession s, TenantRow row)
    {
        var (id, name, state, issuer, createdAt) = row.Tenant;
        var added = s.Execute(
            TenantSql.Add,
            id, name, state.Text(), issuer, createdAt, row.Integration.SellerId, row.Integration.Enabled, row.Integration.TestPurchases,
            row.Integration.SmtpFrom, row.Version, row.Secrets.Derivation, row.Secrets.Data, row.Rules.Version) > 0;
        if (added)
        {
            SetIntegration(s, id, row.Integration);
            row.Tokens.ToList().ForEach(t => AddToken(s, id, t));
            row.Products.ToList().ForEach(p => PutProduct(s, id, p));
            row.KeyTypes.ToList().ForEach(k => PutKeyType(s, id, k));
            AddRules(s, id, row.Rules.Rules);
            row.SigningKeys.ToList().ForEach(k => AddSigningKey(s, id, k));
        }

        return added;
    }

    public static void SetIntegration(SqliteSession s, string tenant, Integration i) => s.Execute(
        TenantSql.SetIntegration,
        tenant, i.SellerId, i.Enabled, i.TestPurchases, i.SmtpFrom, i.Subject?.From.Text(), i.Subject?.Name, i.SealedSubjectSecret, i.SealedGumroadToken,
        StoreJson.Write(i.AllowedOrigins), i.Brand is { } brand ? JsonSerializer.Serialize(brand, StoreJson.Default.Brand) : null);

    public static void AddToken(SqliteSession s, string tenant, AccessToken t) => s.Execute(
        TenantSql.AddToken, tenant, t.Id, t.Kind.Text(), t.Hash, t.Label, StoreJson.Write(t.Scopes), t.CreatedAt, t.ExpiresAt);

    public static void PutProduct(SqliteSession s, string tenant, Product p) =>
        s.Execute(TenantSql.PutProduct, tenant, p.Id, p.Name, p.KeyPrefix, p.KeySource?.Text(), p.TrialDays, p.OnCompleted?.Text());

    public static void PutKeyType(SqliteSession s, string tenant, KeyType k) => s.Execute(
        TenantSql.PutKeyType,
        tenant, k.Product, k.Id, k.Name, k.ActivationLimit, k.DurationDays, StoreJson.Write(k.Entitlements), k.Tier, k.Rank,
        k.LeaseDays, k.LeaseGraceDays, k.BillingGraceDays, k.Quantity.Text(), k.KeptAfterEnd is { } kept ? StoreJson.Write(kept) : null);

    public static void AddRules(SqliteSession s, string tenant, IReadOnlyList<Rule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var r = rules[i];
            s.Execute(
                TenantSql.AddRule,
                tenant, i, r.GumroadProduct, r.Variant, r.Recurrence, r.MinPriceUsdCents, r.MaxPriceUsdCents, r.Product, r.KeyType, r.Ignore,
                r.OfferCode, r.UrlParam, StoreJson.Write(r.Contents));
        }
    }

    public static void AddSigningKey(SqliteSession s, string tenant, SigningKeyRow k) => s.Execute(
        TenantSql.AddSigningKey, tenant, k.KeyId, k.Role.Text(), k.PublicKey, k.WrappedSeed, k.CreatedAt, k.CurrentFrom, k.WithdrawnAt);

    private static Integration ReadIntegration(SqliteDataReader r) => new(r.TextOrNull(5), r.Flag(6), r.Flag(7), r.TextOrNull(8))
    {
        Subject = r.TextOrNull(14) is { } name ? new SubjectField(r.Enum<SubjectSource>(13), name) : null,
        SealedSubjectSecret = r.BlobOrNull(15),
        SealedGumroadToken = r.BlobOrNull(16),
        AllowedOrigins = StoreJson.ReadStrings(r.Text(17)),
        Brand = r.TextOrNull(18) is { } brand ? JsonSerializer.Deserialize(brand, StoreJson.Default.Brand) : null,
    };

    private static Product ReadProduct(SqliteDataReader r) => new(r.Text(0), r.Text(1), r.Text(2), r.EnumOrNull<KeySource>(3))
    {
        TrialDays = r.IntOrNull(4),
        OnCompleted = r.EnumOrNull<OnCompleted>(5),
    };

    private static AccessToken ReadToken(SqliteDataReader r) => new(
        r.Text(0), r.Enum<TokenKind>(1), r.Blob(2), r.Text(3), StoreJson.ReadStrings(r.Text(4)), r.Time(5), r.TimeOrNull(6));

    private static KeyType ReadKeyType(SqliteDataReader r) => new(
        r.Text(0), r.Text(1), r.Text(2), r.IntOrNull(3), r.IntOrNull(4), StoreJson.ReadStrings(r.Text(5)), r.TextOrNull(6), r.Int(7),
        r.GetDouble(8), r.GetDouble(9), r.Int(10))
    {
        Quantity = r.Enum<QuantityMode>(11),
        KeptAfterEnd = r.TextOrNull(12) is { } kept ? StoreJson.ReadStrings(kept) : null,
    };

    private static Rule ReadRule(SqliteDataReader r) => new(
        r.Text(0), r.TextOrNull(1), r.TextOrNull(2), r.LongOrNull(3), r.LongOrNull(4), r.TextOrNull(5), r.TextOrNull(6), r.Flag(7))
    {
        OfferCode = r.TextOrNull(8),
        UrlParam = r.TextOrNull(9),
        Contents = StoreJson.ReadStrings(r.Text(10)),
    };

    private static SigningKeyRow ReadSigningKey(SqliteDataReader r) => new(
        r.Text(0), r.Enum<SigningKeyRole>(1), r.Blob(2), r.BlobOrNull(3), r.Time(4), r.Time(5), r.TimeOrNull(6));
}
