using Latchkey.Simulator.Checkout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Storefront;

/// <summary>From the shop's window to the receipt.</summary>
internal static class BuyerRoutes
{
    public static void Map(IEndpointRouteBuilder site, GumroadSimulator simulator)
    {
        site.MapGet("/checkout.js", () => Results.Text(CheckoutPage.ScriptText, "text/javascript; charset=utf-8"));
        site.MapGet("/", () => Replies.Page(simulator.Ledger.Read(view =>
            ProductPages.All([.. view.Products.Select(item => item.Product).Where(product => product.IsPublished)]))));
        site.MapGet("/l/{slug}", (string slug, HttpRequest request) => Product(simulator, slug, request.QueryString, code: null));
        site.MapGet("/l/{slug}/{code}", (string slug, string code, HttpRequest request) => Product(simulator, slug, request.QueryString, code));
        site.MapGet("/checkout/{slug}", (string slug, HttpRequest request) => Show(simulator, slug, product => CheckoutForm.Preselected(product, request.QueryString)));
        site.MapPost("/checkout/{slug}", (string slug, HttpRequest request, CancellationToken ct) => PayAsync(simulator, slug, request, ct));
        site.MapPost("/checkout/{slug}/update", async (string slug, HttpRequest request, CancellationToken ct) =>
        {
            var form = await request.FormAsync(ct);
            return Show(simulator, slug, product => CheckoutForm.Posted(product, form));
        });
        site.MapPost("/checkout/{slug}/total", (string slug, HttpRequest request, CancellationToken ct) => TotalAsync(simulator, slug, request, ct));
        site.MapGet("/purchases/{saleId}", (string saleId) => simulator.Ledger.Read(view => view.FindSale(saleId) is { } sale
            ? Replies.Page(ReceiptPage.Of(sale, [.. view.Sales.Where(part => part.Bundle == sale)]))
            : Replies.NotFound()));
    }

    private static IResult Product(GumroadSimulator simulator, string slug, QueryString query, string? code) => simulator.Ledger.Read(view =>
    {
        if (view.FindProduct(slug)?.Product is not { } product)
        {
            return Replies.NotFound();
        }

        // The checkout's address carries all of the page's own, so that what it says is neither lost nor has to be kept here.
        var pairs = CheckoutForm.Pairs(query);
        var checkout = Addresses.WithQuery(Addresses.Checkout(product), code is null ? pairs : [.. pairs.Where(pair => pair.Key != "code"), new("code", code)]);
        return pairs.GetValueOrDefault("wanted") == "true" && product.IsPublished
            ? Replies.SeeOther(checkout)
            : Replies.Page(ProductPages.One(product, ContentsOf(view, product), CheckoutForm.Preselected(product, query, code), checkout));
    });

    private static IResult Show(GumroadSimulator simulator, string slug, Func<SimulatedProduct, CheckoutForm> read, string? problem = null) => simulator.Ledger.Read(view =>
    {
        if (view.FindProduct(slug)?.Product is not { } product)
        {
            return Replies.NotFound();
        }

        var form = read(product);
        var quote = Quote.Of(view, product, form, simulator.Clock.GetUtcNow());
        return Replies.Page(
            CheckoutPage.Of(product, ContentsOf(view, product), form, quote, problem),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    });

    private static async Task<IResult> PayAsync(GumroadSimulator simulator, string slug, HttpRequest request, CancellationToken ct)
    {
        if (simulator.Ledger.Read(view => view.FindProduct(slug)?.Product) is not { } product)
        {
            return Replies.NotFound();
        }

        var posted = await request.FormAsync(ct);
        var form = CheckoutForm.Posted(product, posted);
        try
        {
            CheckoutForm.AllowOnlyFields(product, posted);
            var sale = await simulator.BuyAsync(form.ToOrder(product), ct);
            return Replies.SeeOther(Addresses.Receipt(sale.SaleId));
        }
        catch (ArgumentException e)
        {
            return Show(simulator, slug, _ => form, form.Explain(e));
        }
    }

    private static async Task<IResult> TotalAsync(GumroadSimulator simulator, string slug, HttpRequest request, CancellationToken ct)
    {
        var posted = await request.FormAsync(ct);
        return simulator.Ledger.Read(view => view.FindProduct(slug)?.Product is { } product
            ? Replies.Page(Quote.Of(view, product, CheckoutForm.Posted(product, posted), simulator.Clock.GetUtcNow()).Summary())
            : Replies.NotFound());
    }

    private static IReadOnlyList<SimulatedProduct> ContentsOf(LedgerView view, SimulatedProduct product) =>
        [.. product.BundleContents.Select(permalink => view.FindProduct(permalink)?.Product).OfType<SimulatedProduct>()];
}
