using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Latchkey.PurchaseLinks.AtGumroad;

internal static class AtGumroadServices
{
    /// <summary>What purchase links need of Gumroad, and the sweep. Safe to call more than once.</summary>
    internal static IServiceCollection AddPurchaseLinksAtGumroad(this IServiceCollection services)
    {
        services.TryAddSingleton(p => OptionsOf(p.GetRequiredService<IConfiguration>().GetSection(GumroadOptions.Section)));
        services.TryAddSingleton<GumroadAccess>();
        services.TryAddSingleton<GumroadProducts>();
        services.TryAddSingleton<Reconciliation.ReadRecorder>();
        services.TryAddSingleton<LinkMaker>();
        services.TryAddSingleton<LinkRemoval>();
        services.TryAddSingleton<LinkReadBack>();
        services.TryAddSingleton<LinkRefund>();
        services.TryAddSingleton<LinkChoreWork>();
        services.TryAddSingleton<LinkChoreSignal>();
        services.TryAddSingleton<ILinkReadBack, ReadBackRequests>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LinkSweeper>());
        return services;
    }

    private static GumroadOptions OptionsOf(IConfiguration section)
    {
        var options = new GumroadOptions();
        options.ApiUrl = section[nameof(options.ApiUrl)] ?? options.ApiUrl;
        options.ShopUrl = section[nameof(options.ShopUrl)] ?? options.ShopUrl;
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(GumroadOptions.Section, typeof(GumroadOptions), faults);
    }
}
