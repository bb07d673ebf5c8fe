using Latchkey.Gumroad.Api;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>Does what is due for one link at Gumroad, and stores what came of it.</summary>
internal sealed class LinkChoreWork(
    GumroadAccess gumroad, LinkReadBack readBack, LinkRemoval removal, LinkRefund refund, IPurchaseLinkStore links, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <param name="link">Its chore is this node's alone.</param>
    /// <returns>What went wrong at Gumroad, one of <see cref="LinkErrors"/>; null when it is done.</returns>
    public async Task<string?> DoAsync(TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        var outcome = await TryAsync(tenant, link, ct);
        await StoreAsync(link, outcome);
        return outcome.Error;
    }

    private async Task<Outcome> TryAsync(TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        using var client = gumroad.Open(tenant);
        if (client is null)
        {
            return Outcome.Failed(LinkErrors.TokenMissing);
        }

        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            return link.Chore!.Kind switch
            {
                LinkChores.ReadBack => await ReadBackAsync(client, tenant, link, either.Token),
                LinkChores.Remove => await RemoveAsync(client, tenant, link, either.Token),
                LinkChores.Refund => await RefundAsync(client, link, either.Token),
                var other => throw new InvalidOperationException(other),
            };
        }
        catch (GumroadException e)
        {
            return Outcome.Failed(LinkErrors.CodeOf(e));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Outcome.Failed(LinkErrors.Unavailable);
        }
    }

    private async Task<Outcome> ReadBackAsync(GumroadClient client, TenantContext tenant, PurchaseLink link, CancellationToken ct) =>
        await readBack.ReadAsync(client, tenant, link, ct) switch
        {
            null => Outcome.Failed(LinkErrors.ProductUnknown),
            { Count: 0 } => Outcome.Done(l => l),
            var found => Outcome.Done(l => WithCandidates(l, found)),
        };

    private async Task<Outcome> RemoveAsync(GumroadClient client, TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        await removal.RemoveAsync(client, tenant, link, ct);
        return Outcome.Done(l => l with { Made = l.Made with { Removed = true } });
    }

    private async Task<Outcome> RefundAsync(GumroadClient client, PurchaseLink link, CancellationToken ct)
    {
        var (refunded, error) = await refund.RefundAsync(client, link, ct);
        return new Outcome(l => l with { Refunds = [.. l.Refunds.Except(refunded)] }, error);
    }

    /// <summary>What was found stands, so it is written until it is, even while the server stops.</summary>
    private async Task StoreAsync(PurchaseLink link, Outcome outcome)
    {
        for (var latest = link; latest is not null; latest = await links.FindAsync(link.Tenant, link.Id, CancellationToken.None))
        {
            if (await links.UpdateAsync(WithNextChore(outcome.Change(latest), link.Chore!.Kind, outcome.Error), CancellationToken.None))
            {
                return;
            }
        }
    }

    private PurchaseLink WithNextChore(PurchaseLink link, string done, string? error)
    {
        var now = time.GetUtcNow();
        if (link.Chore is not { } chore || chore.Kind != done)
        {
            return link; // something else has become due meanwhile
        }

        return error is not null ? link with { Chore = LinkChoreTimes.AfterFailure(link, chore, error, now) }
            : done == LinkChores.ReadBack ? link with { Chore = LinkChoreTimes.AfterReading(link, now) }
            : (link with { Chore = null }).WithNextChore(now);
    }

    /// <summary>The seller decides, unless the sale itself comes and does.</summary>
    private static PurchaseLink WithCandidates(PurchaseLink link, IReadOnlyList<string> found) =>
        link is { State: LinkState.Open } or { State: LinkState.Held, Reason: LinkReasons.NotCertain }
            ? link with { State = LinkState.Held, Reason = LinkReasons.NotCertain, Candidates = [.. link.Candidates.Union(found)] }
            : link;

    private sealed record Outcome(Func<PurchaseLink, PurchaseLink> Change, string? Error)
    {
        public static Outcome Done(Func<PurchaseLink, PurchaseLink> change) => new(change, null);

        public static Outcome Failed(string error) => new(l => l, error);
    }
}
