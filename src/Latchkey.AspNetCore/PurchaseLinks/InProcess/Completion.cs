using Latchkey.Keys;
using Latchkey.PurchaseLinks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>What came of one attempt to complete a purchase.</summary>
internal abstract record CompletionOutcome
{
    private CompletionOutcome()
    {
    }

    /// <summary>The handler has answered, and its answer counts. The response has its status and headers; the body is to be sent.</summary>
    public sealed record Completed(ReturnAnswer Answer) : CompletionOutcome;

    /// <summary>The handler has refused, and is to be called again. The response is as with <see cref="Completed"/>.</summary>
    public sealed record Refused(ReturnAnswer Answer) : CompletionOutcome;

    /// <summary>It was answered before.</summary>
    public sealed record Earlier(ReturnAnswer Answer) : CompletionOutcome;

    /// <summary>Somebody else is at it.</summary>
    public sealed record Busy : CompletionOutcome;
}

/// <summary>
/// Has the app's handler complete a purchase: one at a time, and once one answer is stored, never again. What happens between the claim
/// and the stored answer may happen again after a crash, under the same key; an answer that was not stored is shown to nobody.
/// </summary>
internal sealed partial class Completion(ILinkCompletionStore store, IOptions<PurchaseLinkOptions> options, TimeProvider time, ILogger<Completion> logger)
{
    private readonly TimeSpan _claimFor = options.Value.ClaimFor;

    /// <param name="came">Of a redeemed link.</param>
    public async Task<CompletionOutcome> TryAsync(PurchaseReturn came, HttpContext http, RequestDelegate handler, CancellationToken ct)
    {
        var link = came.Link!;
        var now = time.GetUtcNow();
        var claim = new Claim(link.Tenant, link.Id, Ids.New("clm_", now));
        switch (await store.ClaimAsync(claim.Tenant, claim.Link, claim.Claimant, now, now + _claimFor, ct))
        {
            case LinkCompletion.Completed done:
                return new CompletionOutcome.Earlier(ReturnAnswer.Open(came.Tenant, link, done.SealedAnswer));

            case LinkCompletion.Claimed claimed:
                http.Features.Set(came.Result.Attempted(claimed.Attempts));
                return await RunAsync(claim, came, http, handler);

            default:
                return new CompletionOutcome.Busy();
        }
    }

    private async Task<CompletionOutcome> RunAsync(Claim claim, PurchaseReturn came, HttpContext http, RequestDelegate handler)
    {
        using var over = new CancellationTokenSource();
        var renewing = RenewAsync(claim, over.Token);
        var settled = false;
        try
        {
            using var captured = new CapturedAnswer(http);
            await handler(http);
            var answer = await captured.EndAsync();
            if (answer.IsRefusal)
            {
                Log.Refused(logger, claim.Link, answer.Status);
                return new CompletionOutcome.Refused(answer);
            }

            // Not ended by a caller that hangs up: what is done is done.
            settled = await store.CompleteAsync(claim.Tenant, claim.Link, claim.Claimant, answer.Seal(came.Tenant, came.Link!), time.GetUtcNow(), CancellationToken.None);
            return settled ? Completed(claim, answer) : Overtaken(claim, http);
        }
        finally
        {
            await over.CancelAsync();
            await renewing;
            if (!settled)
            {
                await ReleaseAsync(claim);
            }
        }
    }

    private CompletionOutcome.Completed Completed(Claim claim, ReturnAnswer answer)
    {
        if (answer.Body.Length > ReturnAnswer.MaxBytes)
        {
            Log.TooLong(logger, claim.Link, answer.Body.Length);
        }

        return new(answer);
    }

    /// <summary>The claim has passed to somebody else, whose answer it will be.</summary>
    private CompletionOutcome.Busy Overtaken(Claim claim, HttpContext http)
    {
        Log.Overtaken(logger, claim.Link);
        http.Response.Clear();
        return new();
    }

    private async Task RenewAsync(Claim claim, CancellationToken over)
    {
        var held = true;
        while (held)
        {
            await Task.Delay(_claimFor / 3, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested)
            {
                return;
            }

            try
            {
                held = await store.RenewAsync(claim.Tenant, claim.Link, claim.Claimant, time.GetUtcNow() + _claimFor, CancellationToken.None);
            }
            catch (Exception e)
            {
                // The claim stands for a while yet, and the next attempt may succeed. If none does, somebody else's answer will count.
                Log.NotRenewed(logger, claim.Link, e);
            }
        }
    }

    private async Task ReleaseAsync(Claim claim)
    {
        try
        {
            await store.ReleaseAsync(claim.Tenant, claim.Link, claim.Claimant, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Why the handler failed matters more, and travels on; the claim ends by itself.
            Log.NotReleased(logger, claim.Link, e);
        }
    }

    private sealed record Claim(string Tenant, string Link, string Claimant);

    private static partial class Log
    {
        [LoggerMessage(2801, LogLevel.Warning, "The handler of purchase link {Link} answered {Status}; it is called again")]
        public static partial void Refused(ILogger logger, string link, int status);

        [LoggerMessage(2802, LogLevel.Warning, "The handler of purchase link {Link} answered {Bytes} bytes; later returns get its answer without the body. Redirect to a page of your own instead")]
        public static partial void TooLong(ILogger logger, string link, int bytes);

        [LoggerMessage(2803, LogLevel.Warning, "The claim on purchase link {Link} ended while its handler was at work, and somebody else has taken it; his answer counts")]
        public static partial void Overtaken(ILogger logger, string link);

        [LoggerMessage(2804, LogLevel.Warning, "The claim on purchase link {Link} could not be renewed; it is tried again")]
        public static partial void NotRenewed(ILogger logger, string link, Exception e);

        [LoggerMessage(2805, LogLevel.Warning, "The claim on purchase link {Link} could not be released; it ends by itself")]
        public static partial void NotReleased(ILogger logger, string link, Exception e);
    }
}
