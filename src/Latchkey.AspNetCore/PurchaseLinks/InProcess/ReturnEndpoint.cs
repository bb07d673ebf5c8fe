using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>A buyer comes back: the handler completes his purchase, or he gets the answer that was given before.</summary>
internal sealed class ReturnEndpoint(ReturnReading reading, Completion completion, IOptions<PurchaseLinkOptions> options, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private const string AtWork = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <meta http-equiv="refresh" content="2"><title>One moment</title></head>
        <body><p>Your purchase has arrived and is being completed. This page looks again by itself.</p></body></html>
        """;

    public async Task AnswerAsync(HttpContext http, RequestDelegate handler)
    {
        // The address holds a signed result: it is neither kept nor told to the next page.
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var came = await reading.ReadAsync(http.Request, http.RequestAborted);
        if (came.Result.Succeeded)
        {
            await CompleteAsync(came, http, handler);
            return;
        }

        http.Features.Set(came.Result);
        await handler(http);
    }

    private async Task CompleteAsync(PurchaseReturn came, HttpContext http, RequestDelegate handler)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            switch (await completion.TryAsync(came, http, handler, http.RequestAborted))
            {
                case CompletionOutcome.Completed { Answer: var answer }:
                    await SendAsync(http, answer);
                    return;

                case CompletionOutcome.Refused { Answer: var answer }:
                    await SendAsync(http, answer);
                    return;

                case CompletionOutcome.Earlier { Answer: var answer }:
                    await answer.WriteAsync(http.Response);
                    return;

                case var _ when time.GetElapsedTime(since) >= options.Value.AnswerWithin:
                    await AskAgainAsync(http.Response);
                    return;

                default:
                    await Task.Delay(LookEvery, time, http.RequestAborted);
                    break;
            }
        }
    }

    /// <summary>Of what this request's own handler answered everything but the body stands in the response.</summary>
    private static async Task SendAsync(HttpContext http, ReturnAnswer answer)
    {
        if (answer.Body.Length > 0)
        {
            await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
        }
    }

    private static async Task AskAgainAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "2";
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(AtWork, response.HttpContext.RequestAborted);
    }
}
