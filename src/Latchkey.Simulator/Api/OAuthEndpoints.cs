using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Simulator.Storefront;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Api;

/// <summary>Grants and takes back access, as Doorkeeper does. Source: <c>config/initializers/doorkeeper.rb</c>.</summary>
internal sealed class OAuthEndpoints(GumroadSimulator simulator)
{
    private const string NoGrant =
        "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, "
        + "or was issued to another client.";

    private const string NoClient =
        "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.";

    private readonly AuthorizationCodes _codes = new(simulator.Clock);
    private readonly Throttle _throttle = new(simulator.Clock, simulator.Options.Version is GumroadVersion.Newest ? 3000 : 400, TimeSpan.FromMinutes(1));

    private Tokens Tokens => simulator.Tokens;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/oauth/authorize", AskAsync);
        routes.MapPost("/oauth/authorize", AllowAsync);
        routes.MapPost("/oauth/token", async context =>
            await ApiRoutes.WriteAsync(context, _throttle.Admits() ? Token(context.Request, await ReadAsync(context)) : ApiAnswer.RetryLater));
        routes.MapPost("/oauth/revoke", async context => await ApiRoutes.WriteAsync(context, Revoke(context.Request, await ReadAsync(context))));
    }

    private async Task AskAsync(HttpContext context)
    {
        var asked = await ReadAsync(context);
        if (ApplicationOf(asked) is not { } application)
        {
            await PageAsync(context, 401, ConsentPage.Problem(NoClient));
        }
        else if (!MayRedirect(application, asked.Text("redirect_uri"), out var redirect))
        {
            await PageAsync(context, 400, ConsentPage.Problem("The redirect uri included is not valid."));
        }
        else if (asked.Text("response_type") is not "code")
        {
            Redirect(context, redirect!, ("error", "unsupported_response_type"), asked);
        }
        else if (ScopesOf(asked) is not { } scopes)
        {
            Redirect(context, redirect!, ("error", "invalid_scope"), asked);
        }
        else
        {
            // The form's answer leads to the application, which the page's own rules would forbid.
            context.Response.Headers.ContentSecurityPolicy =
                $"default-src 'none'; style-src 'self'; form-action 'self' {redirect!.GetLeftPart(UriPartial.Authority)}; frame-ancestors 'none'; base-uri 'none'";
            await PageAsync(context, 200, ConsentPage.Ask(application, scopes, redirect.OriginalString, asked.Text("state")));
        }
    }

    private async Task AllowAsync(HttpContext context)
    {
        var asked = await ReadAsync(context);
        if (ApplicationOf(asked) is not { } application || !MayRedirect(application, asked.Text("redirect_uri"), out var redirect) || ScopesOf(asked) is not { } scopes)
        {
            await PageAsync(context, 400, ConsentPage.Problem("Something is missing. Start again from the application."));
            return;
        }

        var answer = asked.Text("answer") == "deny"
            ? ("error", "access_denied")
            : ("code", _codes.Make(Tokens.NewSecret(), application.Id, scopes, redirect!.OriginalString));
        Redirect(context, redirect!, answer, asked);
    }

    private ApiAnswer Token(HttpRequest request, Parameters asked)
    {
        if (Authenticated(request, asked) is not { } application)
        {
            return Refusal(401, "invalid_client", NoClient);
        }

        return asked.Text("grant_type") switch
        {
            "authorization_code" => FromCode(application, asked),
            "refresh_token" => asked.Text("refresh_token") is { } old && Tokens.Refresh(application.Id, old) is { } fresh
                ? Granted(fresh)
                : Refusal(400, "invalid_grant", NoGrant),
            "client_credentials" => FromScopes(application, asked, isSellers: false),
            "password" when simulator.Options.Version is GumroadVersion.April2025 => FromPassword(application, asked),
            null => Refusal(400, "invalid_request", "Missing required parameter: grant_type."),
            _ => Refusal(400, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server."),
        };
    }

    private ApiAnswer FromCode(OAuthApplication application, Parameters asked) =>
        asked.Text("code") is { } code && _codes.Take(code, application.Id, asked.Text("redirect_uri")) is { } scopes
            ? Granted(Tokens.Grant(application.Id, scopes))
            : Refusal(400, "invalid_grant", NoGrant);

    // The simulator keeps no password: any one that is given will do.
    private ApiAnswer FromPassword(OAuthApplication application, Parameters asked) =>
        simulator.Options.SellerEmail.Equals(asked.Text("username"), StringComparison.OrdinalIgnoreCase) && asked.Text("password") is not null
            ? FromScopes(application, asked, isSellers: true)
            : Refusal(400, "invalid_grant", NoGrant);

    private ApiAnswer FromScopes(OAuthApplication application, Parameters asked, bool isSellers) => ScopesOf(asked) is { } scopes
        ? Granted(Tokens.Grant(application.Id, scopes, isSellers))
        : Refusal(400, "invalid_scope", "The requested scope is invalid, unknown, or malformed.");

    // Unknown tokens are a success: there is nothing left to take.
    private ApiAnswer Revoke(HttpRequest request, Parameters asked)
    {
        if (Authenticated(request, asked) is not { } application)
        {
            return Refusal(403, "unauthorized_client", "You are not authorized to revoke this token");
        }

        Tokens.Revoke(asked.Text("token") ?? "", application.Id);
        return new ApiAnswer(200, []);
    }

    private ApiAnswer Granted(AccessToken token)
    {
        var json = new JsonObject { ["access_token"] = token.Value, ["token_type"] = "Bearer" };
        json.AddUnlessNull("refresh_token", token.RefreshToken);
        json["scope"] = string.Join(' ', token.Scopes);
        json["created_at"] = simulator.Clock.GetUtcNow().ToUnixTimeSeconds();
        return new ApiAnswer(200, json);
    }

    private static ApiAnswer Refusal(int status, string error, string description) =>
        new(status, new JsonObject { ["error"] = error, ["error_description"] = description });

    private OAuthApplication? ApplicationOf(Parameters asked) =>
        Tokens.Applications.FirstOrDefault(application => application.ClientId == asked.Text("client_id"));

    private OAuthApplication? Authenticated(HttpRequest request, Parameters asked)
    {
        var (id, secret) = Basic(request) ?? (asked.Text("client_id"), asked.Text("client_secret"));
        return Tokens.Applications.FirstOrDefault(application => application.ClientId == id && application.ClientSecret == secret);
    }

    private static (string? Id, string? Secret)? Basic(HttpRequest request)
    {
        const string Scheme = "Basic ";
        if (request.Headers.Authorization is not [{ } header, ..] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var bytes = new byte[header.Length];
        var parts = Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2)
            : [];
        return parts is [var id, var secret] ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret)) : (null, null);
    }

    // Null when one of them is unknown; none asked for is the least there is.
    private string[]? ScopesOf(Parameters asked)
    {
        var scopes = (asked.Text("scope") ?? Scopes.ViewPublic).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return scopes.All(Tokens.AllScopes.Contains) ? scopes : null;
    }

    private static bool MayRedirect(OAuthApplication application, string? asked, out Uri? redirect) =>
        Uri.TryCreate(asked ?? application.RedirectUri, UriKind.Absolute, out redirect)
        && redirect.Scheme is ("http" or "https")
        && (application.RedirectUri is null || application.RedirectUri == redirect.OriginalString);

    private static void Redirect(HttpContext context, Uri to, (string Name, string Value) answer, Parameters asked)
    {
        var state = asked.Text("state") is { } text ? "&state=" + Uri.EscapeDataString(text) : "";
        var join = to.Query.Length > 0 ? '&' : '?';
        context.Response.Redirect($"{to.OriginalString}{join}{answer.Name}={Uri.EscapeDataString(answer.Value)}{state}");
    }

    private static Task<Parameters> ReadAsync(HttpContext context) => Parameters.ReadAsync(context.Request, context.RequestAborted);

    private static Task PageAsync(HttpContext context, int status, Html page)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page.Markup, context.RequestAborted);
    }
}
