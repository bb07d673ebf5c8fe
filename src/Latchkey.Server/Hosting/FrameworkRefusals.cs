using Latchkey.AspNetCore.Web;
using Latchkey.Contracts;
using Microsoft.AspNetCore.Diagnostics;

namespace Latchkey.Server.Hosting;

/// <summary>
/// What the framework refuses by itself (unknown paths, wrong methods and content types, faults of ours) is a problem under <c>/v1</c>
/// like all others. Ping addresses are left alone: their 404 has no body, whatever is wrong with them.
/// </summary>
internal static class FrameworkRefusals
{
    public static void UseProblems(this WebApplication app)
    {
        app.UseStatusCodePages(WriteAsync);
        app.UseExceptionHandler(fault => fault.Run(static _ => Task.CompletedTask)); // it logs, and answers 500
    }

    private static Task WriteAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        return http.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal) ? ProblemOf(http.Response.StatusCode).ExecuteAsync(http) : Task.CompletedTask;
    }

    private static IResult ProblemOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problems.Of(status, WebCodes.NotFound, "There is no such path; see /openapi/v1.json."),
        StatusCodes.Status405MethodNotAllowed => Problems.Of(status, WebCodes.MethodNotAllowed, "This path does not take this method; see /openapi/v1.json."),
        StatusCodes.Status415UnsupportedMediaType => Problems.Of(status, Codes.InvalidRequest, "Send JSON, with 'Content-Type: application/json'."),
        >= 500 => Problems.Of(status, WebCodes.InternalError, "The server failed. The fault is in its log under this request_id."),
        _ => Problems.Of(status, Codes.InvalidRequest, "The request is not understood; see /openapi/v1.json."),
    };
}
