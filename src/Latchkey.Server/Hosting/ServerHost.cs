using System.Data.Common;
using System.Globalization;
using System.Net;
using Latchkey.AspNetCore;
using Latchkey.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Latchkey.Server.Hosting;

/// <summary>The server: Latchkey over the chosen store, with health and the API's description around it.</summary>
internal static class ServerHost
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>0; 1 when it could not start, after saying why.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        WebApplication? app = null;
        try
        {
            app = Build(args);
            await app.StartAsync();
            Announce(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OperationCanceledException) when (app?.Lifetime.ApplicationStopping.IsCancellationRequested is true)
        {
            return 0; // told to stop before it was ready
        }
        catch (DbException e)
        {
            await Console.Error.WriteLineAsync("latchkey cannot start: the database cannot be used: " + e.Message);
            return 1;
        }
        catch (Exception e) when (e is InvalidOperationException or OptionsValidationException or IOException or FormatException)
        {
            // What the owner can mend is a sentence; a stack trace would hide it.
            await Console.Error.WriteLineAsync("latchkey cannot start: " + e.Message);
            return 1;
        }
        finally
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }
        }
    }

    /// <param name="args">Settings as <c>--Key value</c>.</param>
    /// <param name="adapt">Has the last word on what is registered.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adapt = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().AddCommandLine(args);
        KnownSettings.Check(builder.Configuration);
        builder.WebHost.UseUrls(builder.Configuration["urls"] ?? DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        Quiet(builder.Logging);

        builder.Services.AddLatchkey().UseChosenStore(builder.Configuration);
        builder.Services.AddOpenApi("v1", ApiDescription.Configure);
        builder.Services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<LatchkeyOptions>>(TrustProxies);
        builder.Services.AddSingleton<Leaving>();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime>(p => p.GetRequiredService<Leaving>()));
        adapt?.Invoke(builder);

        // Why a server could not start is said in a sentence by whoever starts it; the host's own log of it is a stack trace.
        WebApplication? app = null;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Information && app is { Lifetime.ApplicationStarted.IsCancellationRequested: true });
        app = builder.Build();
        app.UseForwardedHeaders();
        app.UseProblems();
        app.MapHealth();
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapLatchkey();
        return app;
    }

    /// <summary>The framework's request log prints query strings, and ping addresses carry their secret there: it is off at every level.</summary>
    private static void Quiet(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // A setting for one log target beats every rule for all of them, so each target that has settings gets the rule too.
        logging.Services.PostConfigure<LoggerFilterOptions>(filters =>
        {
            foreach (var target in filters.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToList())
            {
                filters.Rules.Add(new(target, "Microsoft.AspNetCore.Hosting", LogLevel.None, null));
                filters.Rules.Add(new(target, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None, null));
                filters.Rules.Add(new(target, "Microsoft.AspNetCore.Routing.Matching", LogLevel.None, null)); // paths, and with them the names of purchase links
            }
        });
    }

    private static void TrustProxies(ForwardedHeadersOptions headers, IOptions<LatchkeyOptions> options)
    {
        headers.ForwardedHeaders = options.Value.TrustedProxies.Count > 0 ? ForwardedHeaders.XForwardedFor : ForwardedHeaders.None;
        headers.ForwardLimit = null; // as many as are trusted, not just the nearest
        headers.KnownIPNetworks.Clear();
        headers.KnownProxies.Clear();
        foreach (var proxy in options.Value.TrustedProxies)
        {
            headers.KnownProxies.Add(IPAddress.Parse(proxy));
        }
    }

    private static void Announce(WebApplication app)
    {
        // A server that listens to the outside must know its own address before the first tenant is made.
        var address = app.Services.GetRequiredService<PublicAddress>().Url;
        Console.WriteLine($"latchkey is ready at {string.Join(", ", app.Urls)}" + (app.Urls.Contains(address) ? string.Empty : $", known as {address}"));
        if (app.Services.GetRequiredService<InstallationSecrets>().AdminTokenPath is { } path)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"admin token: in {Path.GetFullPath(path)}"));
        }
    }
}
