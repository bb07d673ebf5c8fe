using Latchkey.Keys;
using Latchkey.PurchaseLinks;
using Latchkey.PurchaseLinks.AtGumroad;
using Latchkey.Tenants;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>Makes a link: its row, and at Gumroad what it needs there.</summary>
internal sealed class LinkCreation(IPurchaseLinkStore links, LinkMaker maker, LinkChoreSignal chores, TimeProvider time)
{
    public async Task<LinkCreated> CreateAsync(TenantContext tenant, LinkOrder order, CancellationToken ct)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()); // as it is stored
        var id = Ids.New(LinkTokens.Prefix, now);
        var link = new PurchaseLink(
            tenant.Id, id, 1, order.Strength, LinkState.Preparing, null, order.Terms, LinkData.Seal(tenant, id, order.Data),
            order.Subject, order.ReturnUrl, now, now + order.Life);
        return order.Strength == LinkStrength.Token ? await CreateForTokenAsync(tenant, link, ct) : await CreateAsync(tenant, link);
    }

    /// <summary>Nothing is made at Gumroad, so nothing can be left there: one write is enough.</summary>
    private async Task<LinkCreated> CreateForTokenAsync(TenantContext tenant, PurchaseLink link, CancellationToken ct)
    {
        switch (await maker.MakeAsync(tenant, link, ct))
        {
            case LinkMade.Ready { Made: var made }:
                var open = link with { State = LinkState.Open, Made = made, Chore = LinkChoreTimes.AfterMaking(link) };
                await links.AddAsync(open, CancellationToken.None);
                return new LinkCreated.Open(open);

            case LinkMade.Failed failed:
                return new LinkCreated.Failed(failed.Code, failed.Sentence);

            case var other:
                throw new System.Diagnostics.UnreachableException(other.GetType().Name);
        }
    }

    /// <summary>The row comes first, so that whatever breaks off is cleaned up after; who asked and went away does not break it off.</summary>
    private async Task<LinkCreated> CreateAsync(TenantContext tenant, PurchaseLink link)
    {
        await links.AddAsync(link with { Chore = LinkChoreTimes.WhileMaking(link, time.GetUtcNow()) }, CancellationToken.None);
        switch (await maker.MakeAsync(tenant, link, CancellationToken.None))
        {
            case LinkMade.Ready { Made: var made }:
                var ready = await ChangeAsync(link, l => l with { State = LinkState.Open, Made = made, Chore = LinkChoreTimes.AfterMaking(l) });
                return new LinkCreated.Open(ready);

            case LinkMade.Failed failed:
                await ChangeAsync(link, l => l with
                {
                    State = LinkState.Cancelled,
                    Made = failed.Left ?? l.Made,
                    Chore = failed.Left is null ? null : LinkChoreTimes.RemoveNow(time.GetUtcNow()),
                });
                chores.Poke();
                return new LinkCreated.Failed(failed.Code, failed.Sentence);

            case var other:
                throw new System.Diagnostics.UnreachableException(other.GetType().Name);
        }
    }

    /// <summary>Nobody else knows the link yet but the sweep.</summary>
    private async Task<PurchaseLink> ChangeAsync(PurchaseLink link, Func<PurchaseLink, PurchaseLink> change)
    {
        while (true)
        {
            var there = await links.FindAsync(link.Tenant, link.Id, CancellationToken.None) ?? link;
            var changed = change(there);
            if (await links.UpdateAsync(changed, CancellationToken.None))
            {
                return changed;
            }
        }
    }
}
