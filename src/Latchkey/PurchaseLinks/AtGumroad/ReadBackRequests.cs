using System.Collections.Concurrent;
using Latchkey.Tenants;

namespace Latchkey.PurchaseLinks.AtGumroad;

/// <summary>Makes a link's look at Gumroad due now. Each node keeps the time between two looks by itself.</summary>
internal sealed class ReadBackRequests(IPurchaseLinkStore links, LinkChoreSignal signal, TimeProvider time) : ILinkReadBack
{
    private const int MostRemembered = 10_000;
    private const int MostTries = 3;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<(string Tenant, string Link), DateTimeOffset> _asked = new();

    public async Task<bool> RequestAsync(TenantContext tenant, string link, CancellationToken ct)
    {
        if (tenant.Integration.SealedGumroadToken is null)
        {
            return false;
        }

        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var now = time.GetUtcNow();
            if (await links.FindAsync(tenant.Id, link, ct) is not { State: LinkState.Open or LinkState.Held } found
                || now > found.ExpiresAt
                || found.Chore is { Kind: not LinkChores.ReadBack })
            {
                return false;
            }

            if (_asked.TryGetValue((tenant.Id, link), out var last) && now - last < Between)
            {
                return true;
            }

            var chore = (found.Chore ?? new LinkChore(LinkChores.ReadBack, now)) with { DueAt = now };
            if (await links.UpdateAsync(found with { Chore = chore }, ct))
            {
                Remember((tenant.Id, link), now);
                signal.Poke();
                return true;
            }
        }

        return true; // whoever changes it so often is at work on it
    }

    private void Remember((string Tenant, string Link) link, DateTimeOffset now)
    {
        if (_asked.Count >= MostRemembered)
        {
            foreach (var (known, _) in _asked.Where(a => now - a.Value >= Between))
            {
                _asked.TryRemove(known, out _);
            }
        }

        _asked[link] = now;
    }
}
