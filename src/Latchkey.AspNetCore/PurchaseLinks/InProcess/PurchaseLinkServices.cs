using Latchkey.AspNetCore.PurchaseLinks;
using Latchkey.Handlers;
using Latchkey.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore;

/// <summary>Adds purchase links to an app that embeds Latchkey.</summary>
public static class PurchaseLinkServices
{
    /// <summary>
    /// Lets the app send its users to pay with <c>PurchaseAsync</c>, and have them back at <c>MapPurchaseReturn</c>. Settings are read from
    /// the section <c>Latchkey:PurchaseLinks</c>; <paramref name="configure"/> has the last word. Safe to call more than once.
    /// </summary>
    public static LatchkeyBuilder AddPurchaseLinks(this LatchkeyBuilder builder, Action<PurchaseLinkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<PurchaseLinkOptions>().BindConfiguration(PurchaseLinkOptions.Section).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PurchaseLinkOptions>, PurchaseLinkOptionsValidator>());
        services.AddRouting();
        services.TryAddSingleton<HomeTenant>();
        services.TryAddSingleton<ReturnMap>();
        services.TryAddSingleton<ReturnReading>();
        services.TryAddSingleton<Completion>();
        services.TryAddSingleton<ReturnEndpoint>();
        services.TryAddSingleton<BackgroundReturn>();
        services.TryAddSingleton<PurchaseSending>();
        services.AddSingleton(new HandlerRegistration(
            BackgroundReturn.Name,
            OutboxKinds.PurchaseLinkRedeemed,
            static (scope, message, ct) => scope.GetRequiredService<BackgroundReturn>().HandleAsync(scope, message, ct)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, HandlerRunner>());
        return builder;
    }
}
