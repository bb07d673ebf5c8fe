using Microsoft.AspNetCore.Http;

namespace Latchkey.Simulator.Storefront;

/// <summary>What the routes answer with.</summary>
internal static class Replies
{
    public static IResult Page(Html page, int status = StatusCodes.Status200OK) => Results.Content(page.Markup, "text/html; charset=utf-8", statusCode: status);

    public static IResult NotFound() => Problem("Not found", "There is nothing here.", StatusCodes.Status404NotFound);

    public static IResult Problem(string title, string text, int status) => Page(Layout.Page(title, Html.Of($"""
        <h1>{title}</h1>
        <p role="alert">{text}</p>
        <p><a href="/">To the shop</a> · <a href="/seller">To the seller's pages</a></p>
        """)), status);

    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    /// <summary>303: go there with a GET.</summary>
    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
