using System.Diagnostics.CodeAnalysis;
using Latchkey.Handlers;
using Latchkey.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Latchkey;

/// <summary>
/// Handlers that run in the host: to create accounts, thank buyers, hand out files, post to a chat. Each is handed every event of its kind at
/// least once, of one subject in order; one that fails is tried again after 1 s, 2 s, 4 s and so on up to 10 minutes, and holds up no other
/// handler and no other subject. A handler added to an installation that has run before begins with what happens from then on.
/// </summary>
/// <remarks>
/// How far a handler has come is kept under its name: by default the full name of its type. Give a name to be free to rename the type;
/// under a new name it begins anew.
/// </remarks>
public static class LatchkeyHandlers
{
    /// <summary>What a subject may do has changed, for whatever reason: the one to use when you keep a tier beside your own user.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnEntitlementsChanged<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, IEntitlementsChangedHandler => Add<T>(builder, OutboxKinds.EntitlementsChanged, name, static async (services, message, ct) =>
        {
            if (await services.GetRequiredService<HandlerEvents>().EntitlementsAsync(message, ct) is { } change)
            {
                await services.GetRequiredService<T>().HandleAsync(change, ct);
            }
        });

    /// <summary>A license is usable for the first time.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnLicenseIssued<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, ILicenseHandler => OnLicense<T>(builder, OutboxKinds.LicenseIssued, name);

    /// <summary>A license's tier, entitlements, limit, subject or end changed.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnLicenseUpdated<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, ILicenseHandler => OnLicense<T>(builder, OutboxKinds.LicenseUpdated, name);

    /// <summary>A license is blocked for now: a dispute, or the seller's hand.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnLicenseSuspended<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, ILicenseHandler => OnLicense<T>(builder, OutboxKinds.LicenseSuspended, name);

    /// <summary>A blocked, ended or revoked license is usable again.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnLicenseReinstated<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, ILicenseHandler => OnLicense<T>(builder, OutboxKinds.LicenseReinstated, name);

    /// <summary>A license is gone, for example after a refund.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnLicenseRevoked<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, ILicenseHandler => OnLicense<T>(builder, OutboxKinds.LicenseRevoked, name);

    /// <summary>A license has come to its end.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnLicenseExpired<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, ILicenseHandler => OnLicense<T>(builder, OutboxKinds.LicenseExpired, name);

    /// <summary>A license has a new key; the old one opens nothing any more.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnLicenseReissued<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, ILicenseHandler => OnLicense<T>(builder, OutboxKinds.LicenseReissued, name);

    /// <summary>A device took a slot.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnActivationCreated<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, ILicenseHandler => OnLicense<T>(builder, OutboxKinds.ActivationCreated, name);

    /// <summary>A device gave its slot back.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnActivationReleased<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, ILicenseHandler => OnLicense<T>(builder, OutboxKinds.ActivationReleased, name);

    /// <summary>A membership was charged again.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnSubscriptionRenewed<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, IPurchaseHandler => OnPurchase<T>(builder, OutboxKinds.SubscriptionRenewed, name);

    /// <summary>A membership was cancelled, and lasts to the end of what is paid.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnSubscriptionCancelling<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, IPurchaseHandler => OnPurchase<T>(builder, OutboxKinds.SubscriptionCancelling, name);

    /// <summary>A membership has ended.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnSubscriptionEnded<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, IPurchaseHandler => OnPurchase<T>(builder, OutboxKinds.SubscriptionEnded, name);

    /// <summary>A cancelled, ended or unpaid membership goes on.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnSubscriptionRestarted<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, IPurchaseHandler => OnPurchase<T>(builder, OutboxKinds.SubscriptionRestarted, name);

    /// <summary>A membership was moved up or down.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnSubscriptionTierChanged<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, IPurchaseHandler => OnPurchase<T>(builder, OutboxKinds.SubscriptionTierChanged, name);

    /// <summary>A purchase waits for the seller.</summary>
    /// <typeparam name="T">Made anew for each event, from the services of the host.</typeparam>
    /// <param name="name">Under which it is kept how far the handler has come; the type's full name when null.</param>
    public static LatchkeyBuilder OnPurchaseHeld<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this LatchkeyBuilder builder, string? name = null)
        where T : class, IPurchaseHandler => OnPurchase<T>(builder, OutboxKinds.PurchaseHeld, name);

    private static LatchkeyBuilder OnLicense<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(LatchkeyBuilder builder, string kind, string? name)
        where T : class, ILicenseHandler => Add<T>(builder, kind, name, static async (services, message, ct) =>
        {
            if (await services.GetRequiredService<HandlerEvents>().LicenseAsync(message, ct) is { } happened)
            {
                await services.GetRequiredService<T>().HandleAsync(happened, ct);
            }
        });

    private static LatchkeyBuilder OnPurchase<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(LatchkeyBuilder builder, string kind, string? name)
        where T : class, IPurchaseHandler => Add<T>(builder, kind, name, static async (services, message, ct) =>
        {
            if (HandlerEvents.Purchase(message) is { } happened)
            {
                await services.GetRequiredService<T>().HandleAsync(happened, ct);
            }
        });

    private static LatchkeyBuilder Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        LatchkeyBuilder builder, string kind, string? name, Func<IServiceProvider, OutboxMessage, CancellationToken, Task> handle)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddScoped<T>();
        builder.Services.TryAddSingleton<HandlerEvents>();
        builder.Services.AddSingleton(new HandlerRegistration(name ?? typeof(T).FullName!, kind, handle));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HandlerRunner>());
        return builder;
    }
}
