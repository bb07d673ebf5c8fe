using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Storefront;

/// <summary>What buyers do after buying.</summary>
internal static class AccountRoutes
{
    public static void Map(IEndpointRouteBuilder site, GumroadSimulator simulator)
    {
        site.MapGet("/account", (string? email) => string.IsNullOrWhiteSpace(email)
            ? Replies.Page(AccountPage.Ask())
            : Replies.Page(Of(simulator, email.Trim().ToLowerInvariant())));
        Map("cancel", (id, _, ct) => simulator.CancelAsync(id, CancelledBy.Buyer, ct));
        Map("restart", (id, _, ct) => simulator.RestartAsync(id, ct));
        Map("card-works", (id, _, ct) => simulator.DeclineCardAsync(id, declines: false, ct));
        Map("card-declines", (id, _, ct) => simulator.DeclineCardAsync(id, declines: true, ct));
        Map("change", (id, form, ct) => simulator.ChangePlanAsync(id, Given(form, "tier"), Seats(Given(form, "seats")), Given(form, "recurrence"), ct));

        void Map(string what, Func<string, IFormCollection, CancellationToken, Task> action) =>
            site.MapForm("/account/memberships/{id}/" + what, async (id, form, ct) =>
            {
                await action(id, form, ct);
                return simulator.Ledger.Read(view => Addresses.Account(view.Subscriptions[id].Email, id));
            });
    }

    private static Html Of(GumroadSimulator simulator, string email) => simulator.Ledger.Read(view => AccountPage.Of(
        email,
        [.. view.Sales.Reverse().Where(sale => sale.Email == email)],
        [.. view.Subscriptions.Values.Where(membership => membership.Email == email).OrderByDescending(membership => membership.CreatedAt)]));

    private static string? Given(IFormCollection form, string name) => form[name].LastOrDefault() is { Length: > 0 } text ? text : null;

    private static int? Seats(string? text) => text is null
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seats)
            ? seats
            : throw new ArgumentException("The number of seats must be a number, 1 or more.");
}
