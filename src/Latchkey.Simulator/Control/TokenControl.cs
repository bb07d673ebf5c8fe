using System.Text.Json.Nodes;
using Latchkey.Simulator.Api;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Control;

/// <summary>OAuth applications, and tokens without going through the consent page.</summary>
internal static class TokenControl
{
    public static void Map(IEndpointRouteBuilder routes, GumroadSimulator simulator)
    {
        routes.MapControl("GET", "/simulator/applications", (_, _) =>
            Task.FromResult<JsonNode>(new JsonArray([.. simulator.Tokens.Applications.Select(Json)])));
        routes.MapControl("POST", "/simulator/applications", (body, _) => Task.FromResult<JsonNode>(Json(Register(body, simulator.Tokens))));
        routes.MapControl("POST", "/simulator/tokens", (body, _) => Task.FromResult<JsonNode>(
            new JsonObject { ["access_token"] = Create(body, simulator.Tokens) }));
    }

    private static OAuthApplication Register(ControlBody body, Tokens tokens)
    {
        body.AllowOnly("name", "redirect_uri");
        var redirect = body.Text("redirect_uri");
        if (redirect is not null && !(Uri.TryCreate(redirect, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")))
        {
            throw new ArgumentException("redirect_uri: give an http or https address, or leave it out to allow any.");
        }

        return body.Text("name") is { Length: > 0 } name
            ? tokens.Register(name, redirect)
            : throw new ArgumentException("name: give the application a name.");
    }

    private static string Create(ControlBody body, Tokens tokens)
    {
        body.AllowOnly("scopes", "application_id");
        return tokens.Create(body.Text("application_id") ?? tokens.FirstApplication.Id, body.Texts("scopes") ?? tokens.AllScopes);
    }

    private static JsonObject Json(OAuthApplication application) => new()
    {
        ["id"] = application.Id,
        ["name"] = application.Name,
        ["client_id"] = application.ClientId,
        ["client_secret"] = application.ClientSecret,
        ["redirect_uri"] = application.RedirectUri,
    };
}
