using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Api;

/// <summary>Maps calls under both of the API's roots, lets in who has the token and the scope, and writes answers as Rails does.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, GumroadSimulator simulator, ProductDetails details)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Whether calls that April 2025 did not have are mapped; there they are as unknown as any other path.</summary>
    public bool IsNewest => simulator.Options.Version is GumroadVersion.Newest;

    public void Get(string path, IReadOnlyList<string> scopes, Func<ApiCall, ApiAnswer> answer) => Map(path, ["GET"], scopes, answer);

    public void Post(string path, IReadOnlyList<string> scopes, Func<ApiCall, ApiAnswer> answer) => Map(path, ["POST"], scopes, answer);

    public void Put(string path, IReadOnlyList<string> scopes, Func<ApiCall, ApiAnswer> answer) => Map(path, ["PUT", "PATCH"], scopes, answer);

    public void Delete(string path, IReadOnlyList<string> scopes, Func<ApiCall, ApiAnswer> answer) => Map(path, ["DELETE"], scopes, answer);

    /// <summary>The one call that needs no token.</summary>
    public void PostOpenly(string path, Func<ApiCall, ApiAnswer> answer) => Map(path, ["POST"], scopes: null, answer);

    /// <summary>Everything else below the roots.</summary>
    public void Otherwise(Func<ApiAnswer> answer)
    {
        routes.MapFallback("/v2/{**rest}", context => WriteAsync(context, answer()));
        routes.MapFallback("/api/v2/{**rest}", context => WriteAsync(context, answer()));
    }

    public static async Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.Text is null ? "application/json; charset=utf-8" : "text/plain";
        if ((answer.Text ?? answer.Body?.ToJsonString(Json)) is { } text)
        {
            await context.Response.WriteAsync(text, context.RequestAborted);
        }
    }

    private void Map(string path, string[] methods, IReadOnlyList<string>? scopes, Func<ApiCall, ApiAnswer> answer)
    {
        routes.MapMethods("/v2" + path, methods, context => RunAsync(context, scopes, answer));
        routes.MapMethods("/api/v2" + path, methods, context => RunAsync(context, scopes, answer));
    }

    private async Task RunAsync(HttpContext context, IReadOnlyList<string>? scopes, Func<ApiCall, ApiAnswer> answer)
    {
        Parameters parameters;
        try
        {
            parameters = await Parameters.ReadAsync(context.Request, context.RequestAborted);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            await WriteAsync(context, ApiAnswer.BadRequest("Bad Request"));
            return;
        }

        if (scopes is null)
        {
            await WriteAsync(context, answer(new ApiCall(simulator, details, context.Request, parameters, Token: null)));
            return;
        }

        var presented = Presented(context.Request, parameters);
        if (presented is null || simulator.Tokens.Find(presented) is not { } token)
        {
            await RefuseAsync(context, presented is not null && simulator.Tokens.WasRevoked(presented));
        }
        else if (!token.Has(scopes))
        {
            await WriteEmptyAsync(context, StatusCodes.Status403Forbidden);
        }
        else
        {
            var call = new ApiCall(simulator, details, context.Request, parameters, token);
            await WriteAsync(context, token.IsSellers ? answer(call) : ApiAnswer.Missing());
        }
    }

    private static string? Presented(HttpRequest request, Parameters parameters)
    {
        const string Bearer = "Bearer ";
        return request.Headers.Authorization is [{ } header, ..] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : parameters.Text("access_token") ?? parameters.Text("bearer_token");
    }

    // Doorkeeper says why in the header only; the body is empty.
    private static Task RefuseAsync(HttpContext context, bool wasRevoked)
    {
        var reason = wasRevoked ? "The access token was revoked" : "The access token is invalid";
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"Doorkeeper\", error=\"invalid_token\", error_description=\"{reason}\"";
        return WriteEmptyAsync(context, StatusCodes.Status401Unauthorized);
    }

    private static Task WriteEmptyAsync(HttpContext context, int status)
    {
        context.Response.Headers.CacheControl = "no-store, no-cache";
        return WriteAsync(context, new ApiAnswer(status, Body: null));
    }
}
