using Latchkey.Contracts;
using Latchkey.Contracts.Api;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Web;

/// <summary>The one way to refuse over HTTP: <c>application/problem+json</c> with a stable code and a sentence that says what to do.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static IResult Of(int status, string code, string detail) => new ProblemResult(new Problem { Status = status, Code = code, Detail = detail });

    public static IResult Of(int status, Problem problem) => new ProblemResult(problem with { Status = status });

    public static IResult Invalid(string field, string detail) =>
        new ProblemResult(new Problem { Status = 400, Code = Codes.InvalidRequest, Field = field, Detail = detail });

    public static IResult NotFound(string what) => Of(404, WebCodes.NotFound, $"There is no such {what}.");

    /// <summary>One answer for every way of being wrong about a token, and for tenants that do not exist.</summary>
    public static IResult Unauthorized() =>
        Of(401, WebCodes.Unauthorized, "Send a token of this tenant, or the admin token, as 'Authorization: Bearer …'.");

    public static IResult MissingScope(string scope) => Of(403, WebCodes.MissingScope, $"This needs a token with the scope '{scope}'.");

    public static IResult Unavailable(string detail) => Of(503, new Problem { Code = Codes.TemporarilyUnavailable, Detail = detail, RetryAfter = 5 });

    private sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => problem.Status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = problem.Status ?? 500;
            if (problem.RetryAfter is { } seconds)
            {
                response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            if (problem.Status == 401)
            {
                response.Headers.WWWAuthenticate = "Bearer";
            }

            var body = problem with { Title = problem.Title ?? Titles.Of(response.StatusCode), RequestId = httpContext.TraceIdentifier };
            return JsonReply.WriteAsync(response, body, ContractsJson.Default.Problem, ContentType, httpContext.RequestAborted);
        }
    }

    private static class Titles
    {
        public static string Of(int status) => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status);
    }
}

/// <summary>Codes of the seller's API, besides those of the licensing rules.</summary>
internal static class WebCodes
{
    public const string NotFound = "not_found";
    public const string Unauthorized = "unauthorized";
    public const string MissingScope = "missing_scope";
    public const string Taken = "already_exists";
    public const string VersionConflict = "version_conflict";
    public const string NoKey = "no_key";
    public const string WrongSubject = "wrong_subject";
    public const string TooSoon = "too_soon";
    public const string ReplayRunning = "replay_running";
    public const string CannotExtend = "cannot_extend";
    public const string CannotLink = "cannot_link";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string InternalError = "internal_error";
}
