using System.Net;
using Latchkey.Simulator.Api;
using Latchkey.Simulator.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Latchkey.Simulator.Storefront;

/// <summary>The simulator's web site: pages for buyers and the seller, Gumroad's API, and the simulator's own controls.</summary>
internal static class Site
{
    private const string Strict = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    // The checkout's few lines that keep its total true.
    private const string WithScript = Strict + "; script-src 'self'; connect-src 'self'";

    private static readonly string[] Programs = ["/v2", "/api", "/oauth", "/simulator"];

    public static WebApplication Build(GumroadSimulator simulator, int port)
    {
        // Empty, so that the settings, environment and Ctrl+C of the program around it stay that program's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting().AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var site = builder.Build();
        site.Use(GuardAsync);
        site.MapGet("/favicon.ico", () => Results.NoContent()); // browsers ask for one, and report a 404 as an error of the page
        site.MapGet("/style.css", () => Results.Text(Style.Sheet, "text/css; charset=utf-8"));
        BuyerRoutes.Map(site, simulator);
        AccountRoutes.Map(site, simulator);
        SellerRoutes.Map(site, simulator);
        SettingsRoutes.Map(site, simulator);
        ApiSite.Map(site, simulator);
        ControlSite.Map(site, simulator);
        return site;
    }

    // A page from elsewhere must not buy or refund by posting a form to this port.
    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        if (!Programs.Any(program => path.StartsWithSegments(program, StringComparison.Ordinal)))
        {
            context.Response.Headers.ContentSecurityPolicy = path.StartsWithSegments("/checkout", StringComparison.Ordinal) ? WithScript : Strict;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "same-origin";
        }

        if (!HttpMethods.IsGet(context.Request.Method) && context.Request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
