using System.Data.Common;
using Latchkey.AspNetCore.Web;
using Latchkey.Inbox;
using Latchkey.Streams;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Latchkey.AspNetCore.Streams;

/// <summary>An open stream. As a result it runs when all filters are done, so that an idle stream keeps none of them alive.</summary>
/// <param name="Subject">Null for all messages of the tenant.</param>
internal sealed record StreamResult(StreamHub Hub, string Tenant, string? Subject, StreamRight Right, long? ResumeAt) : IResult
{
    public const string ContentType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep messages back
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        var gone = httpContext.RequestAborted;
        var stream = new StreamConnection(Tenant, Subject, Right, response.BodyWriter, Hub.MaxWaitingBytes, httpContext.Abort);
        using var closing = gone.UnsafeRegister(static stream => ((StreamConnection)stream!).Close(), stream);
        try
        {
            await Hub.OpenAsync(stream, ResumeAt, gone);
            await stream.Ended;
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested || Hub.Stopping.IsCancellationRequested)
        {
            // Nobody is there any more, or nobody is to be.
        }
        catch (Exception e) when (e is StoreBusyException or DbException)
        {
            await RefuseAsync(httpContext);
        }
        finally
        {
            Hub.Leave(stream);
        }
    }

    /// <summary>The reader comes again, and resumes.</summary>
    private static Task RefuseAsync(HttpContext http)
    {
        if (!http.Response.HasStarted)
        {
            return Problems.Unavailable("The server cannot open a stream now; ask again.").ExecuteAsync(http);
        }

        http.Abort();
        return Task.CompletedTask;
    }
}
