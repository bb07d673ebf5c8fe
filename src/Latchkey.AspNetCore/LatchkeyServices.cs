using Latchkey.AspNetCore.Hosting;
using Latchkey.AspNetCore.Licenses;
using Latchkey.AspNetCore.PurchaseLinks;
using Latchkey.AspNetCore.Streams;
using Latchkey.Keys;
using Latchkey.Licenses;
using Latchkey.Mail;
using Latchkey.Products;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore;

/// <summary>Adds Latchkey to a host.</summary>
public static class LatchkeyServices
{
    /// <summary>
    /// Adds everything but a store and the routes: choose a store on what is returned (<c>UseSqlite</c>), and call <c>MapLatchkey</c>.
    /// Settings are read from the section <c>Latchkey</c>; <paramref name="configure"/> has the last word. Safe to call more than once.
    /// </summary>
    public static LatchkeyBuilder AddLatchkey(this IServiceCollection services, Action<LatchkeyOptions>? configure = null)
    {
        var options = services.AddOptions<LatchkeyOptions>().BindConfiguration(LatchkeyOptions.Section).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LatchkeyOptions>, LatchkeyOptionsValidator>());
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning) // prints query strings, and with them ping tokens
            .AddFilter("Microsoft.AspNetCore.Routing.Matching", LogLevel.Warning)); // prints paths, and with them the addresses of purchase links
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InstallationSecrets>();
        services.TryAddSingleton<PublicAddress>();
        services.TryAddSingleton<RateLimits>();
        services.TryAddSingleton<AppDoor>();
        services.TryAddSingleton<Tenants.Audit>();
        services.TryAddSingleton<Acting>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Opening>());

        services.TryAddSingleton<Installation>();
        services.TryAddSingleton<TenantDirectory>();
        services.TryAddSingleton<TenantAdmin>();
        services.TryAddSingleton<FoldSignal>();
        services.TryAddSingleton<OutboxSignal>();
        services.TryAddSingleton<Latchkey.Inbox.Receiver>();
        services.TryAddSingleton<IFolder, Folder>();
        services.TryAddSingleton(p => new FoldOptions { Paused = p.GetRequiredService<IOptions<LatchkeyOptions>>().Value.Measure.PauseFolding });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FoldWorker>());
        services.TryAddSingleton<KeyFinder>();
        services.TryAddSingleton<Licensing>();
        services.TryAddSingleton<SellerActions>();
        services.TryAddSingleton<PurchaseLinking>();
        services.TryAddSingleton<RulePreview>();
        services.TryAddSingleton<SettingsPush>();

        services.TryAddSingleton(p => p.GetRequiredService<IConfiguration>().GetSection(SmtpOptions.Section).Get<SmtpOptions>() ?? new SmtpOptions());
        services.TryAddSingleton<IMailTransport, SmtpTransport>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, KeyMailer>());
        services.AddStreams();
        services.AddPurchaseLinkPages();
        return new LatchkeyBuilder(services);
    }
}

internal sealed class LatchkeyOptionsValidator(SmtpOptions smtp) : IValidateOptions<LatchkeyOptions>
{
    public ValidateOptionsResult Validate(string? name, LatchkeyOptions options)
    {
        var wrong = new ValidateOptionsResultBuilder();
        if (options.PublicUrl is { Length: > 0 } url && (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
        {
            wrong.AddError($"Latchkey:PublicUrl is '{url}'; use an address such as https://keys.example.com.");
        }

        if (options.Measure.ReceiveBatch is < 1 or > 4096)
        {
            wrong.AddError($"Latchkey:Measure:ReceiveBatch is {options.Measure.ReceiveBatch}; use 1 to 4096.");
        }

        if (options.StopDelaySeconds is not (>= 0 and <= 300))
        {
            wrong.AddError($"Latchkey:StopDelaySeconds is {options.StopDelaySeconds}; use 0 to 300.");
        }

        var limits = options.Limits;
        foreach (var (limit, value) in new[] { ("Activate", limits.Activate), ("ActivateHourly", limits.ActivateHourly), ("Validate", limits.Validate), ("Deactivate", limits.Deactivate) })
        {
            if (value < 0)
            {
                wrong.AddError($"Latchkey:Limits:{limit} is {value}; use 0 (off) or more.");
            }
        }

        foreach (var proxy in options.TrustedProxies.Where(p => !System.Net.IPAddress.TryParse(p, out _)))
        {
            wrong.AddError($"Latchkey:TrustedProxies has '{proxy}'; use IP addresses.");
        }

        foreach (var fault in smtp.Faults().Concat(options.Streams.Faults()))
        {
            wrong.AddError(fault);
        }

        return wrong.Build();
    }
}
