using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.GumroadPings;

/// <summary>Adds typed receiving of Gumroad's pings to an app that does not want the rest of Latchkey.</summary>
public static class GumroadPingServices
{
    /// <summary>
    /// Adds a handler; call <c>MapGumroadPings</c> for its address. Options are read from the section <c>Gumroad</c>;
    /// <paramref name="configure"/> has the last word, and is called again whenever the settings are reloaded.
    /// </summary>
    /// <remarks>
    /// Several handlers may be added, each with options of its own. An <see cref="IPingMemory"/> registered by the app takes the place of
    /// the one in memory. Safe to call more than once.
    /// </remarks>
    /// <typeparam name="THandler">Registered as scoped, unless the app has registered it already.</typeparam>
    public static IServiceCollection AddGumroadPings<THandler>(this IServiceCollection services, Action<GumroadPingOptions>? configure = null)
        where THandler : GumroadPingHandler
    {
        var handler = new PingHandlerOf<THandler>();
        var options = services.AddOptions<GumroadPingOptions>(handler.Name).BindConfiguration(GumroadPingOptions.Section).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GumroadPingOptions>, GumroadPingOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<PingHandler, PingHandlerOf<THandler>>(_ => handler));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPingMemory, RecentPings>();
        services.TryAddScoped<THandler>();
        return services;
    }
}
