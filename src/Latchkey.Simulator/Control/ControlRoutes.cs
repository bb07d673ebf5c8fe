using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Simulator.Storefront;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Control;

/// <summary>Maps calls that take and answer JSON. Bad input is a 400 with the sentence under <c>error</c>.</summary>
internal static class ControlRoutes
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void MapControl(
        this IEndpointRouteBuilder routes, string method, string path, Func<ControlBody, CancellationToken, Task<JsonNode>> answer) =>
        routes.MapMethods(path, [method], async context =>
        {
            try
            {
                var body = ControlBody.Of(await ReadAsync(context), context.Request.Query);
                await WriteAsync(context, 200, await answer(body, context.RequestAborted));
            }
            catch (ArgumentException e)
            {
                await WriteAsync(context, 400, new JsonObject { ["error"] = Words.Sentence(e) });
            }
        });

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    private static Task WriteAsync(HttpContext context, int status, JsonNode answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer.ToJsonString(Indented) + "\n", context.RequestAborted);
    }
}
