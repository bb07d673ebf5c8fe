using System.Text.Json.Nodes;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Api;

/// <summary>Where pings go. Source: <c>app/controllers/api/v2/resource_subscriptions_controller.rb</c>.</summary>
internal static class ResourceSubscriptionEndpoints
{
    private const string Thing = "resource_subscription";

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/resource_subscriptions", [Scopes.ViewSales], List);
        routes.Put("/resource_subscriptions", [Scopes.ViewSales], Subscribe);
        routes.Delete("/resource_subscriptions/{id}", [Scopes.ViewSales], call =>
            call.Simulator.Endpoints.Remove(call.Route("id"), call.Token!.ApplicationId) ? ApiAnswer.Deleted(Thing) : ApiAnswer.NotFound(Thing));
    }

    private static ApiAnswer List(ApiCall call)
    {
        if (call.Parameters.Text("resource_name") is not { } resource || !PingResources.All.Contains(resource))
        {
            return ApiAnswer.Refused("Valid resource_name parameter required");
        }

        var ownOnly = call.IsNewest && call.Parameters.Flag("current_oauth_application_only") == true;
        return ApiAnswer.With("resource_subscriptions", new JsonArray(
        [
            .. call.Simulator.Endpoints.List(resource)
                .Where(subscription => !ownOnly || subscription.ApplicationId == call.Token!.ApplicationId)
                .Select(Json),
        ]));
    }

    // The URL is looked at first, and an unknown name is missing from its message: both as Gumroad does.
    private static ApiAnswer Subscribe(ApiCall call)
    {
        var given = call.Parameters.Text("post_url") ?? "";
        if (!Uri.TryCreate(given, UriKind.Absolute, out var url)
            || !AddressRules.MayPost(url, call.Options.Version, call.Options.AllowPrivateAddresses))
        {
            return ApiAnswer.Refused($"Invalid post URL '{given}'");
        }

        return call.Parameters.Text("resource_name") is { } resource && PingResources.All.Contains(resource)
            ? ApiAnswer.With(Thing, Json(call.Simulator.Endpoints.Add(call.Simulator.Tokens.NewId(), resource, url, call.Token!.ApplicationId)))
            : ApiAnswer.Refused("Unable to subscribe to ''.");
    }

    private static JsonObject Json(PingEndpoint subscription) => new()
    {
        ["id"] = subscription.Id,
        ["resource_name"] = subscription.Resource,
        ["post_url"] = subscription.Url.OriginalString,
    };
}
