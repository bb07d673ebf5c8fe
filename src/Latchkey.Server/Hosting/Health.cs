using System.Data.Common;
using Latchkey.Inbox;
using Latchkey.Tenants;

namespace Latchkey.Server.Hosting;

/// <summary>For whoever watches the process: is it alive, and should it be sent requests.</summary>
internal static class Health
{
    /// <summary>A store that takes longer is out of reach, as far as new requests are concerned.</summary>
    private static readonly TimeSpan StoreWithin = TimeSpan.FromSeconds(1.5);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").ExcludeFromDescription();
        group.MapGet("/live", () => Results.Text("alive"));
        group.MapGet("/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(IInstallationStore store, Leaving leaving, CancellationToken ct)
    {
        if (leaving.HasBegun)
        {
            return NotReady("stopping");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StoreWithin);
        try
        {
            // Taking a question back may itself wait for the database, so the answer does not wait for that.
            return await store.FindAsync(limit.Token).WaitAsync(limit.Token) is not null ? Results.Text("ready") : NotReady("not ready: the store is empty");
        }
        catch (Exception e) when (e is DbException or StoreBusyException or OperationCanceledException)
        {
            return NotReady("not ready: the store does not answer");
        }
    }

    private static IResult NotReady(string why) => Results.Text(why, statusCode: StatusCodes.Status503ServiceUnavailable);
}
