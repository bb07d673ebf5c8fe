using System.Globalization;
using Latchkey.Simulator.Checkout;
using Latchkey.Simulator.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Storefront;

/// <summary>What the seller sees and does, but for the settings.</summary>
internal static class SellerRoutes
{
    public static void Map(IEndpointRouteBuilder site, GumroadSimulator simulator)
    {
        MapSales(site, simulator);
        MapMemberships(site, simulator);
        MapPings(site, simulator);
        MapClock(site, simulator);
        MapFaults(site, simulator);
        site.MapGet("/seller/products", () => Replies.Page(simulator.Ledger.Read(view => ShelfPage.Of(view, simulator.Clock.GetUtcNow()))));
        site.MapForm("/seller/products/{id}/release", async (id, _, ct) =>
        {
            await simulator.ReleaseAsync(id, ct);
            return "/seller/products";
        });
    }

    private static void MapSales(IEndpointRouteBuilder site, GumroadSimulator simulator)
    {
        site.MapGet("/seller", (string? q, int? page) => Replies.Page(simulator.Ledger.Read(view => SalesPage.Of(
            Pager<SaleRecord>.Of(SalesPage.Found(view, q ?? ""), page ?? 1, "/seller", q ?? ""),
            canTest: simulator.PingUrl is not null && view.Sales.Count > 0))));
        Map("refund", (id, form, ct) => RefundAsync(simulator, id, form, ct));
        Map("dispute", (id, _, ct) => simulator.DisputeAsync(id, ct));
        Map("win-dispute", (id, _, ct) => simulator.WinDisputeAsync(id, ct));
        Map("resend", (id, _, ct) => simulator.ResendPingAsync(id, ct));
        Map("ship", (id, form, _) => Do(() => simulator.Ledger.MarkShipped(id, form["tracking_url"].LastOrDefault() is { Length: > 0 } url ? url : null)));
        Map("revoke-access", (id, _, _) => Do(() => simulator.Ledger.RevokeAccess(id, true)));
        Map("give-access", (id, _, _) => Do(() => simulator.Ledger.RevokeAccess(id, false)));
        Map("disable-key", (id, _, _) => Do(() => SetDisabled(simulator, id, true)));
        Map("enable-key", (id, _, _) => Do(() => SetDisabled(simulator, id, false)));
        site.MapForm("/seller/test-ping", async (_, _, ct) =>
        {
            await simulator.SendTestPingAsync(ct);
            return "/seller/pings";
        });

        void Map(string what, Func<string, IFormCollection, CancellationToken, Task> action) =>
            site.MapForm("/seller/sales/{id}/" + what, async (id, form, ct) =>
            {
                await action(id, form, ct);
                return "/seller#" + Addresses.Anchor(id);
            });
    }

    private static void MapMemberships(IEndpointRouteBuilder site, GumroadSimulator simulator)
    {
        site.MapGet("/seller/memberships", (string? q, int? page) => Replies.Page(simulator.Ledger.Read(view => MembershipsPage.Of(
            Pager<SubscriptionRecord>.Of(MembershipsPage.Found(view, q ?? ""), page ?? 1, "/seller/memberships", q ?? "")))));
        Map("renew", simulator.RenewAsync);
        Map("cancel", (id, ct) => simulator.CancelAsync(id, CancelledBy.Seller, ct));
        Map("end", simulator.EndAsync);
        Map("restart", simulator.RestartAsync);

        void Map(string what, Func<string, CancellationToken, Task> action) =>
            site.MapForm("/seller/memberships/{id}/" + what, async (id, _, ct) =>
            {
                await action(id, ct);
                return "/seller/memberships#" + Addresses.Anchor(id);
            });
    }

    private static void MapPings(IEndpointRouteBuilder site, GumroadSimulator simulator)
    {
        site.MapGet("/seller/pings", (string? refresh) => Replies.Page(PingPages.All(simulator.Attempts, refreshes: refresh != "off")));
        site.MapGet("/seller/pings/{number:int}", (int number) => simulator.Attempts is { } attempts && number >= 1 && number <= attempts.Count
            ? Replies.Page(PingPages.One(attempts[number - 1], number))
            : Replies.NotFound());
    }

    private static void MapClock(IEndpointRouteBuilder site, GumroadSimulator simulator)
    {
        site.MapGet("/seller/clock", () => Replies.Page(ClockPage.Of(simulator.Clock.GetUtcNow(), simulator.Clock.Speed)));
        site.MapForm("/seller/clock/advance", async (_, form, ct) =>
        {
            await simulator.AdvanceAsync(TimeSpan.FromSeconds(Number(form, "seconds", 0, 10 * 366 * 86_400d)), ct);
            return "/seller/clock";
        });
        site.MapForm("/seller/clock/speed", (_, form, _) =>
        {
            simulator.Clock.Speed = Number(form, "speed", 0, 1_000_000);
            return Task.FromResult("/seller/clock");
        });
    }

    private static void MapFaults(IEndpointRouteBuilder site, GumroadSimulator simulator)
    {
        site.MapGet("/seller/faults", () => Replies.Page(FaultsPage.Of(simulator.Faults)));
        Map("", form => new FaultDials
        {
            Duplicate = Share(form, "duplicate"),
            Reorder = Share(form, "reorder"),
            Delay = Share(form, "delay"),
            Late = Share(form, "late"),
            Stale = Share(form, "stale"),
            Drop = Share(form, "drop"),
            Seed = form["seed"].LastOrDefault() is { Length: > 0 } ? (int)Number(form, "seed", int.MinValue, int.MaxValue) : null,
        });
        Map("/none", _ => FaultDials.None);
        Map("/rough", _ => FaultDials.Rough);

        void Map(string what, Func<IFormCollection, FaultDials> read) => site.MapForm("/seller/faults" + what, (_, form, _) =>
        {
            simulator.Faults = read(form);
            return Task.FromResult("/seller/faults");
        });
    }

    private static Task<SimulatedSale> RefundAsync(GumroadSimulator simulator, string id, IFormCollection form, CancellationToken ct)
    {
        if (form["amount"].LastOrDefault() is not { Length: > 0 } amount)
        {
            return simulator.RefundAsync(id, ct);
        }

        return simulator.PartialRefundAsync(id, Words.Cents(amount) ?? throw new ArgumentException("The amount must be dollars, such as 5 or 7.50."), ct);
    }

    private static void SetDisabled(GumroadSimulator simulator, string saleId, bool disabled)
    {
        var (product, key) = simulator.Ledger.Read(view => view.FindSale(saleId) is { License: { } license } sale
            ? (sale.Product.ProductId, license.Key)
            : throw new KeyNotFoundException("There is no such key."));
        simulator.Ledger.SetDisabled(product, key, disabled);
    }

    private static double Share(IFormCollection form, string name) => Number(form, name, 0, 100) / 100;

    private static double Number(IFormCollection form, string name, double least, double most) =>
        double.TryParse(form[name].LastOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new ArgumentException($"The {name} must be a number from {Words.Number(least)} to {Words.Number(most)}.");

    private static Task Do(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
