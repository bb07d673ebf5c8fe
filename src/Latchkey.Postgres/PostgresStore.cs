using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Mail;
using Latchkey.Outbox;
using Latchkey.Postgres.Inbox;
using Latchkey.Postgres.Licenses;
using Latchkey.Postgres.Mail;
using Latchkey.Postgres.Outbox;
using Latchkey.Postgres.PurchaseLinks;
using Latchkey.Postgres.Purchases;
using Latchkey.Postgres.Subjects;
using Latchkey.Postgres.Tenants;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Subjects;
using Latchkey.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.Postgres;

/// <summary>Registers the store over PostgreSQL.</summary>
internal static class PostgresStore
{
    /// <summary>The database is opened when a store is first asked for, and closed with the container. Safe to call more than once; the first wins.</summary>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, PostgresStoreOptions options) => services.AddPostgresStore(_ => options);

    /// <inheritdoc cref="AddPostgresStore(IServiceCollection, PostgresStoreOptions)"/>
    public static IServiceCollection AddPostgresStore(this IServiceCollection services, Func<IServiceProvider, PostgresStoreOptions> options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => PostgresDatabase.Open(options(provider), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IInboxStore, PostgresInboxStore>();
        services.TryAddSingleton<IPurchaseStore, PostgresPurchaseStore>();
        services.TryAddSingleton<ILicenseStore, PostgresLicenseStore>();
        services.TryAddSingleton<ITenantStore, PostgresTenantStore>();
        services.TryAddSingleton<IInstallationStore, PostgresInstallationStore>();
        services.TryAddSingleton<IAuditStore, PostgresAuditStore>();
        services.TryAddSingleton<IIdempotencyStore, PostgresIdempotencyStore>();
        services.TryAddSingleton<IOutboxStore, PostgresOutboxStore>();
        services.TryAddSingleton<ISubjectStore, PostgresSubjectStore>();
        services.TryAddSingleton<IMailStore, PostgresMailStore>();
        services.TryAddSingleton<IPurchaseLinkStore, PostgresPurchaseLinkStore>();
        services.TryAddSingleton<ILinkCompletionStore, PostgresLinkCompletionStore>();
        return services;
    }
}
