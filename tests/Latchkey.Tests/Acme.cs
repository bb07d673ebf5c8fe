using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Leases;
using Latchkey.Products;
using Latchkey.Tenants;

namespace Latchkey.Tests;

/// <summary>A tenant in memory, whose derivation secret is that of the published vectors.</summary>
internal static class Acme
{
    public const string Form = "application/x-www-form-urlencoded";
    public const string Json = "application/json";
    public const string SellerId = "seller_acme==";

    public static DateTimeOffset Start { get; } = new(2026, 3, 14, 9, 30, 0, TimeSpan.Zero);

    /// <summary>The bytes 00 to 1f.</summary>
    public static byte[] VectorSecret => [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static MasterKey Master { get; } = MasterKey.Create();

    public static Product Studio { get; } = new("studio", "Acme Studio", "ACME", null);

    public static KeyType Pro { get; } = new("studio", "pro", "Pro", Entitlements: ["sync", "export"], Tier: "pro", Rank: 20);

    /// <summary>Fits every ping of <see cref="Ping"/>.</summary>
    public static Rule ProRule { get; } = new(Ping.ProductId, Product: "studio", KeyType: "pro");

    private static TenantSecrets Secrets { get; } = new(VectorSecret, [.. VectorSecret.Reverse()]);

    private static IReadOnlyList<SigningKey> Signing { get; } =
        [.. SigningKeys.CreateFirst(Master, "acme", Start.AddDays(-30)).Select(row => SigningKey.Unwrap(Master, "acme", row))];

    public static TenantContext Tenant { get; } = With(rules: [ProRule]);

    public static TenantContext With(
        IReadOnlyList<Rule>? rules = null, Product? product = null, IReadOnlyList<KeyType>? keyTypes = null, Integration? integration = null, int version = 1)
    {
        var sold = product ?? Studio;
        return new TenantContext(
            new Tenant("acme", "Acme Audio", TenantState.Active, "https://licenses.example/acme", Start.AddDays(-30)),
            integration ?? new Integration(SellerId),
            version,
            [],
            new Dictionary<string, Product> { [sold.Id] = sold },
            (keyTypes ?? [Pro]).ToDictionary(k => (k.Product, k.Id)),
            new RuleSet(version, rules ?? [ProRule]),
            Secrets,
            Signing);
    }

    /// <summary>Another tenant of the same installation, with secrets of its own.</summary>
    public static TenantContext Other { get; } = Tenant with
    {
        Tenant = Tenant.Tenant with { Id = "bolt" },
        Secrets = new(VectorSecret, VectorSecret),
    };

    public static Installation Installation()
    {
        var installation = new Installation();
        installation.OpenAsync(Master, new MemoryInstallation(), CancellationToken.None).GetAwaiter().GetResult();
        return installation;
    }

    /// <summary>An entry as the receiver would have stored it.</summary>
    public static Entry Entry(
        this TenantContext tenant, byte[] body, DateTimeOffset at, string? contentType = Form, string? hint = null, bool truncated = false)
    {
        var id = Ids.New("png_", at);
        var repeatKey = RepeatKey.OfPing(tenant.Secrets.Repeat, body, contentType, hint, truncated, out _);
        return new Entry(
            tenant.Id, id, EntrySource.Ping, at, at, at, 0, repeatKey, contentType, hint, BodySeal.Seal(tenant, id, body), truncated);
    }

    private sealed class MemoryInstallation : IInstallationStore
    {
        private InstallationRow? _row;

        public bool IsShared => false;

        public Task<InstallationRow?> FindAsync(CancellationToken ct) => Task.FromResult(_row);

        public Task<InstallationRow> AddAsync(InstallationRow row, CancellationToken ct) => Task.FromResult(_row ??= row);
    }
}
