using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Latchkey.Simulator.Storefront;

/// <summary>The storefront's routes. Every form posts, changes something and redirects.</summary>
internal static class Site
{
    public static WebApplication Build(GumroadSimulator simulator, int port)
    {
        // Empty, so that the settings, environment and Ctrl+C of the program around it stay that program's.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRouting().AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var site = builder.Build();
        site.Use(GuardAsync);
        MapBuyer(site, simulator);
        MapSeller(site, simulator);
        return site;
    }

    private static void MapBuyer(WebApplication site, GumroadSimulator simulator)
    {
        site.MapGet("/style.css", () => Results.Text(Layout.Style, "text/css; charset=utf-8"));
        site.MapGet("/", () => Page(BuyerPages.Products(simulator.Products)));
        site.MapGet("/l/{permalink}", (string permalink, HttpRequest request) => simulator.FindProduct(permalink) is { } product
            ? Page(BuyerPages.Product(product, CheckoutForm.UrlParams(request.Query)))
            : NotFound());
        site.MapPost("/l/{permalink}", (string permalink, HttpRequest request, CancellationToken ct) => PayAsync(simulator, permalink, request, ct));
        site.MapGet("/purchases/{saleId}", (string saleId) => simulator.FindSale(saleId) is { } sale ? Page(BuyerPages.Receipt(sale)) : NotFound());
    }

    private static void MapSeller(WebApplication site, GumroadSimulator simulator)
    {
        site.MapGet("/seller", () => Page(SellerPages.Overview(simulator.Sales, simulator.Attempts, simulator.HasPingUrl)));
        MapAction(site, "/seller/test-ping", (_, ct) => simulator.SendTestPingAsync(ct));
        MapAction(site, "/seller/sales/{id}/refund", (id, ct) => simulator.RefundAsync(id, ct));
        MapAction(site, "/seller/sales/{id}/dispute", (id, ct) => simulator.DisputeAsync(id, ct));
        MapAction(site, "/seller/sales/{id}/win-dispute", (id, ct) => simulator.WinDisputeAsync(id, ct));
        MapAction(site, "/seller/sales/{id}/resend", (id, ct) => simulator.ResendPingAsync(id, ct));
        MapAction(site, "/seller/memberships/{id}/renew", (id, ct) => simulator.RenewAsync(id, ct));
        MapAction(site, "/seller/memberships/{id}/cancel", (id, ct) => simulator.CancelAsync(id, CancelledBy.Buyer, ct));
        MapAction(site, "/seller/memberships/{id}/end", (id, ct) => simulator.EndAsync(id, ct));
        MapAction(site, "/seller/memberships/{id}/restart", (id, ct) => simulator.RestartAsync(id, ct));
    }

    private static async Task<IResult> PayAsync(GumroadSimulator simulator, string permalink, HttpRequest request, CancellationToken ct)
    {
        if (simulator.FindProduct(permalink) is not { } product)
        {
            return NotFound();
        }

        var order = CheckoutForm.Read(permalink, await request.ReadFormAsync(ct));
        try
        {
            var sale = await simulator.BuyAsync(order, ct);
            return SeeOther("/purchases/" + Uri.EscapeDataString(sale.SaleId));
        }
        catch (ArgumentException)
        {
            return Page(BuyerPages.Product(product, order.UrlParams, "Please give an e-mail address, a quantity of at least one and one of the choices offered."), StatusCodes.Status400BadRequest);
        }
    }

    private static void MapAction(WebApplication site, string path, Func<string, CancellationToken, Task> action) =>
        site.MapPost(path, async (HttpRequest request, CancellationToken ct) =>
        {
            try
            {
                await action(request.RouteValues["id"] as string ?? "", ct);
                return SeeOther("/seller");
            }
            catch (KeyNotFoundException)
            {
                return NotFound();
            }
            catch (InvalidOperationException e)
            {
                return Page(BuyerPages.Problem("Not possible", e.Message), StatusCodes.Status409Conflict);
            }
        });

    // A page from elsewhere must not buy or refund by posting a form to this port.
    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private static IResult Page(Html page, int status = StatusCodes.Status200OK) => Results.Content(page.Markup, "text/html; charset=utf-8", statusCode: status);

    private static IResult NotFound() => Page(BuyerPages.Problem("Not found", "There is nothing here."), StatusCodes.Status404NotFound);

    private static SeeOtherResult SeeOther(string path) => new(path);

    /// <summary>303: go there with a GET.</summary>
    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
