using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.Simulator.Storefront;

/// <summary>Maps forms: each posts, changes something and redirects to where the change is seen.</summary>
internal static class Posts
{
    /// <param name="site">The site.</param>
    /// <param name="path">Its address; <c>{id}</c> in it is handed on.</param>
    /// <param name="action">Does it and gives the address to go to.</param>
    public static void MapForm(this IEndpointRouteBuilder site, string path, Func<string, IFormCollection, CancellationToken, Task<string>> action) =>
        site.MapPost(path, async (HttpRequest request, CancellationToken ct) =>
        {
            var form = await request.FormAsync(ct);
            try
            {
                return Replies.SeeOther(await action(request.RouteValues["id"] as string ?? "", form, ct));
            }
            catch (KeyNotFoundException)
            {
                return Replies.NotFound();
            }
            catch (InvalidOperationException e)
            {
                return Replies.Problem("Not possible", e.Message, StatusCodes.Status409Conflict);
            }
            catch (ArgumentException e)
            {
                return Replies.Problem("Not possible", Words.Sentence(e), StatusCodes.Status400BadRequest);
            }
        });

    /// <summary>What was posted; nothing when it is no form.</summary>
    public static async Task<IFormCollection> FormAsync(this HttpRequest request, CancellationToken ct) =>
        request.HasFormContentType ? await request.ReadFormAsync(ct) : FormCollection.Empty;
}
