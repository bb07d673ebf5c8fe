using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Mail;
using Latchkey.Outbox;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Sqlite.Inbox;
using Latchkey.Sqlite.Licenses;
using Latchkey.Sqlite.Mail;
using Latchkey.Sqlite.Outbox;
using Latchkey.Sqlite.PurchaseLinks;
using Latchkey.Sqlite.Purchases;
using Latchkey.Sqlite.Subjects;
using Latchkey.Sqlite.Tenants;
using Latchkey.Subjects;
using Latchkey.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.Sqlite;

/// <summary>Registers the embedded store.</summary>
internal static class SqliteStore
{
    /// <summary>The database is opened when a store is first asked for, and closed with the container. Safe to call more than once; the first wins.</summary>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, SqliteStoreOptions options) => services.AddSqliteStore(_ => options);

    /// <inheritdoc cref="AddSqliteStore(IServiceCollection, SqliteStoreOptions)"/>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, Func<IServiceProvider, SqliteStoreOptions> options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => SqliteDatabase.Open(options(provider), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IInboxStore, SqliteInboxStore>();
        services.TryAddSingleton<IPurchaseStore, SqlitePurchaseStore>();
        services.TryAddSingleton<ILicenseStore, SqliteLicenseStore>();
        services.TryAddSingleton<ITenantStore, SqliteTenantStore>();
        services.TryAddSingleton<IInstallationStore, SqliteInstallationStore>();
        services.TryAddSingleton<IAuditStore, SqliteAuditStore>();
        services.TryAddSingleton<IIdempotencyStore, SqliteIdempotencyStore>();
        services.TryAddSingleton<IOutboxStore, SqliteOutboxStore>();
        services.TryAddSingleton<ISubjectStore, SqliteSubjectStore>();
        services.TryAddSingleton<IMailStore, SqliteMailStore>();
        services.TryAddSingleton<IPurchaseLinkStore, SqlitePurchaseLinkStore>();
        services.TryAddSingleton<ILinkCompletionStore, SqliteLinkCompletionStore>();
        return services;
    }
}
