using System.Text.Json;
using Latchkey.Keys;
using Latchkey.Outbox;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;

namespace Latchkey.Storage.Tests;

public abstract class PurchaseLinkConformance : HistoryConformance
{
    [Fact]
    public async Task A_link_is_kept_with_all_it_has()
    {
        var link = NewLink() with
        {
            Strength = LinkStrength.Code,
            State = LinkState.Held,
            Reason = LinkReasons.NotCertain,
            Terms = new LinkTerms { GumroadProduct = Said.App, Quantity = 3, PercentOff = 10, MinPriceUsdCents = 1, Gift = true, RefundRepeats = true, Product = "app", KeyType = "pro" },
            SealedData = [1, 2, 3],
            Subject = "user:42",
            ReturnUrl = "https://app.example/back",
        };
        await Store.Links.AddAsync(link, default);
        Assert.Equal(Text(link), Text(await Store.Links.FindAsync(Acme, link.Id, default)));
        Assert.Null(await Store.Links.FindAsync(Other, link.Id, default));

        var changed = link with
        {
            State = LinkState.Redeemed,
            Reason = null,
            OpenedAt = Now.AddSeconds(1),
            RedeemedAt = Now.AddSeconds(2),
            Purchase = "pur_1",
            Made = new("prod==", "offer==", "https://shop.example/l/x", Removed: true),
            Candidates = ["pur_1", "pur_2"],
            Refunds = ["pur_3"],
            Chore = new(LinkChores.Refund, Now.AddMinutes(1), 2, "gumroad_refused"),
        };
        Assert.True(await Store.Links.UpdateAsync(changed, default));
        Assert.Equal(Text(changed with { Version = 2 }), Text(await Store.Links.FindAsync(Acme, link.Id, default)));
        Assert.False(await Store.Links.UpdateAsync(changed, default)); // somebody else was first
    }

    [Fact]
    public async Task Links_are_listed_in_order_of_creation_by_state_and_by_what_is_left_at_Gumroad()
    {
        var links = new List<PurchaseLink>();
        for (var i = 0; i < 5; i++)
        {
            links.Add(NewLink() with { State = i % 2 == 0 ? LinkState.Open : LinkState.Redeemed, Chore = i < 2 ? null : new(LinkChores.Remove, Now, i - 2) });
            await Store.Links.AddAsync(links[i], default);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        await Store.Links.AddAsync(NewLink() with { Tenant = Other }, default);
        Assert.Equal(links.Select(l => l.Id), (await Store.Links.ListAsync(Acme, null, null, 10, default)).Select(l => l.Id));
        Assert.Equal([links[2].Id], (await Store.Links.ListAsync(Acme, null, links[1].Id, 1, default)).Select(l => l.Id));
        Assert.Equal([links[1].Id, links[3].Id], (await Store.Links.ListAsync(Acme, LinkState.Redeemed, null, 10, default)).Select(l => l.Id));
        Assert.Equal([links[4].Id], (await Store.Links.ListAsync(Acme, LinkState.Open, links[2].Id, 10, default)).Select(l => l.Id));
        Assert.Equal([links[3].Id, links[4].Id], (await Store.Links.ListNotRemovedAsync(Acme, null, 10, default)).Select(l => l.Id));
        Assert.Equal([links[4].Id], (await Store.Links.ListNotRemovedAsync(Acme, links[3].Id, 10, default)).Select(l => l.Id));
    }

    [Fact]
    public async Task A_chore_that_is_due_is_one_nodes_alone_until_its_claim_ends()
    {
        var due = NewLink() with { Chore = new(LinkChores.ReadBack, Now, 1, "busy") };
        foreach (var link in new[] { due, NewLink() with { Tenant = Other, Chore = new(LinkChores.Remove, Now) }, NewLink(), NewLink() with { Chore = new(LinkChores.Remove, Now.AddMinutes(1)) } })
        {
            await Store.Links.AddAsync(link, default);
        }

        var until = Now.AddMinutes(5);
        var claimed = await Store.Links.ClaimDueAsync(Now, until, 10, default);
        Assert.Equal([Acme, Other], claimed.Select(l => l.Tenant).Order());
        var mine = claimed.Single(l => l.Id == due.Id);
        Assert.Equal(Text(due with { Version = 2, Chore = due.Chore! with { DueAt = until } }), Text(mine));
        Assert.Empty(await Store.Links.ClaimDueAsync(Now, until, 10, default));
        Assert.False(await Store.Links.UpdateAsync(due, default)); // who read it before knows nothing of the claim

        Assert.True(await Store.Links.UpdateAsync(mine with { Chore = null }, default));
        Assert.Equal(2, (await Store.Links.ClaimDueAsync(until, until.AddMinutes(5), 10, default)).Count);
        Assert.Single(await Store.Links.ClaimDueAsync(until.AddMinutes(5), until.AddMinutes(9), 1, default));
    }

    [Fact]
    public async Task A_sale_that_comes_with_a_link_redeems_it_and_a_replay_changes_nothing()
    {
        await OpenShopAsync();
        var link = await AddAsync(NewLink());
        await HappensAsync(await SaleAsync(link, "one"));

        var (redeemed, purchase) = (await ReadAsync(link), await PurchaseAsync("one"));
        Assert.Equal((LinkState.Redeemed, purchase.Id, 2), (redeemed.State, redeemed.Purchase, redeemed.Version));
        Assert.Equal(("user:42", null), (purchase.Subject, purchase.HeldFor));
        Assert.Equal("user:42", (await LicenseAsync("one")).Subject);
        Assert.Equal(
            [OutboxKinds.EntitlementsChanged, OutboxKinds.LicenseIssued, OutboxKinds.PurchaseLinkRedeemed],
            (await Store.Outbox.ReadAsync(Acme, 0, 10, default)).Select(m => m.Kind).Order());
        Assert.Single(await Store.Inbox.ListAsync(Acme, null, null, 10, default)); // our own notes are not listed

        await SqlAsync("delete from licenses");
        await SqlAsync("delete from purchases");
        Assert.Equal(1, (await ReplayAsync(swap: true)).Differing);
        Assert.Equal(0, (await ReplayAsync()).Differing);
        Assert.Equal((Text(redeemed), JsonSerializer.Serialize(purchase)), (Text(await ReadAsync(link)), JsonSerializer.Serialize(await PurchaseAsync("one"))));
        Assert.Equal(3, (await Store.Outbox.ReadAsync(Acme, 0, 10, default)).Count);
    }

    [Fact]
    public async Task Of_many_purchases_heard_at_once_one_redeems_the_link_and_each_of_the_others_is_held()
    {
        await OpenShopAsync();
        var link = await AddAsync(NewLink());
        for (var i = 0; i < 40; i++)
        {
            await HearAsync(await SaleAsync(link, $"sale-{i}"));
        }

        await FoldAllAsync();
        var purchases = await Store.Purchases.ListAsync(Acme, null, 100, default);
        Assert.Equal(39, purchases.Count(p => p.HeldFor == "link_already_used" && p.Licenses.Count == 0));
        Assert.Equal(purchases.Single(p => p.HeldFor is null).Id, (await ReadAsync(link)).Purchase);
        Assert.Equal(0, (await ReplayAsync()).Differing);
    }

    [Fact]
    public async Task Any_order_and_batching_of_two_purchases_gives_one_redemption_and_replays_to_the_same()
    {
        await OpenShopAsync();
        for (var seed = 0; seed < 25; seed++)
        {
            var random = new Random(seed);
            var link = await AddAsync(NewLink());
            var (a, b) = (await SaleAsync(link, $"a-{seed}"), await SaleAsync(link, $"b-{seed}"));
            Said[] said = [a, b, a.Later("refund"), b.Later("dispute", "disputed"), a, b.Later("dispute_won", "disputed", "dispute_won")];
            random.Shuffle(said);
            foreach (var one in said)
            {
                await HearAsync(one);
                Time.Advance(TimeSpan.FromSeconds(1));
                for (var rounds = random.Next(3); rounds > 0; rounds--)
                {
                    await Store.Purchases.FoldDueAsync(Folder, random.Next(1, 5), default);
                }
            }

            await FoldAllAsync();
            var purchases = new[] { await PurchaseAsync($"a-{seed}"), await PurchaseAsync($"b-{seed}") };
            Assert.Equal([null, "link_already_used"], purchases.Select(p => p.HeldFor).Order());
            Assert.Equal(purchases.Single(p => p.HeldFor is null).Id, (await ReadAsync(link)).Purchase);
            Assert.Equal([1, 0], purchases.OrderBy(p => p.HeldFor).Select(p => p.Licenses.Count));
        }

        Assert.Equal(25, (await Store.Outbox.ReadAsync(Acme, 0, 1000, default)).Count(m => m.Kind == OutboxKinds.PurchaseLinkRedeemed));
        Assert.Equal(0, (await ReplayAsync()).Differing);
    }

    [Fact]
    public async Task A_renewal_does_not_redeem_and_the_first_charge_does_though_it_is_heard_later()
    {
        await OpenShopAsync();
        var link = await AddAsync(NewLink() with { Terms = new() { GumroadProduct = Said.Club, Variant = "Reader" } });
        var reference = LinkTokens.Reference(await TenantAsync(), link.Id);
        await HappensAsync(Said.Charge("club", "c1", Now.AddMinutes(1), Mara, "Reader", recurring: true).With($"url_params[{LinkTokens.Parameter}]", reference));
        Assert.Equal(LinkState.Open, (await ReadAsync(link)).State);

        await HappensAsync(Said.Charge("club", "c0", Now, Mara, "Reader").With($"url_params[{LinkTokens.Parameter}]", reference));
        Assert.Equal(LinkState.Redeemed, (await ReadAsync(link)).State);
        Assert.Equal("user:42", (await LicenseAsync("club")).Subject);
        Assert.Equal(0, (await ReplayAsync()).Differing);
    }

    [Fact]
    public async Task A_product_made_for_a_link_leads_to_it_and_so_does_its_code()
    {
        await OpenShopAsync();
        var product = await AddAsync(NewLink() with { Strength = LinkStrength.Product, Terms = new() { Product = "app", KeyType = "pro" }, Made = new("made==", null, null, Removed: false) });
        var code = await AddAsync(NewLink() with { Strength = LinkStrength.Code, Made = new(Said.App, "offer==", null, Removed: false) });
        await HappensAsync(
            Said.Sale("one", Now, Mara, "made=="),
            Said.Sale("two", Now, Mara).With("offer_code", LinkTokens.Reference(await TenantAsync(), code.Id).ToUpperInvariant()));

        foreach (var link in new[] { await ReadAsync(product), await ReadAsync(code) })
        {
            Assert.Equal((LinkState.Redeemed, LinkChores.Remove, Now), (link.State, link.Chore?.Kind, link.Chore?.DueAt));
        }

        Assert.Equal("user:42", (await LicenseAsync("one")).Subject);
    }

    [Fact]
    public async Task A_link_cancelled_while_its_purchase_is_being_folded_is_not_redeemed()
    {
        await OpenShopAsync();
        var link = await AddAsync(NewLink());
        await HearAsync(await SaleAsync(link, "one"));
        Task<bool>? cancelled = null;
        var folder = new WhileFolding(Folder, () => cancelled ??= Store.Links.UpdateAsync(link with { State = LinkState.Cancelled }, default));
        await FoldAllAsync(folder);

        // Whichever came first: a link is either redeemed or cancelled, and its purchase says the same.
        var (state, held) = ((await ReadAsync(link)).State, (await PurchaseAsync("one")).HeldFor);
        Assert.Equal(await cancelled! ? (LinkState.Cancelled, "link_cancelled") : (LinkState.Redeemed, null), (state, held));
    }

    [Fact]
    public async Task What_the_seller_accepts_is_folded_again_and_redeems_the_link()
    {
        await OpenShopAsync();
        var link = await AddAsync(NewLink() with { Terms = new() { GumroadProduct = Said.App, MinPriceUsdCents = 9900 } });
        await HappensAsync(await SaleAsync(link, "one"));
        var (held, purchase) = (await ReadAsync(link), await PurchaseAsync("one"));
        Assert.Equal((LinkState.Held, LinkReasons.AmountMismatch, purchase.Id), (held.State, held.Reason, held.Purchase));
        Assert.Equal(("link_amount_mismatch", 0), (purchase.HeldFor, purchase.Licenses.Count));

        Time.Advance(TimeSpan.FromMinutes(1));
        var decision = Redeeming.Accept(await TenantAsync(), held, purchase, Now);
        Assert.True(await Store.Links.AcceptAsync(decision.Link!, decision.Note.Entry, default));
        Assert.False(await Store.Links.AcceptAsync(decision.Link!, decision.Note.Entry, default));
        await FoldAllAsync();

        Assert.Equal((LinkState.Redeemed, "user:42"), ((await ReadAsync(link)).State, (await LicenseAsync("one")).Subject));
        Assert.Single(await Store.Outbox.ReadAsync(Acme, 0, 20, default), m => m.Kind == OutboxKinds.PurchaseLinkRedeemed);
        Assert.Equal(0, (await ReplayAsync()).Differing);
    }

    [Fact]
    public async Task A_return_is_answered_once_by_whoever_holds_its_claim()
    {
        var until = Now.AddMinutes(1);
        Task<LinkCompletion> Claim(string who, DateTimeOffset now) => Store.Completions.ClaimAsync(Acme, "pln_1", who, now, now.AddMinutes(1), default);

        Assert.Equal(new LinkCompletion.Claimed(1), await Claim("a", Now));
        Assert.Equal(new LinkCompletion.Busy(until), await Claim("b", Now));
        Assert.True(await Store.Completions.RenewAsync(Acme, "pln_1", "a", until.AddMinutes(1), default));
        Assert.Equal(new LinkCompletion.Busy(until.AddMinutes(1)), await Claim("b", until));
        Assert.False(await Store.Completions.RenewAsync(Acme, "pln_1", "b", until, default));
        Assert.False(await Store.Completions.CompleteAsync(Acme, "pln_1", "b", [2], Now, default));

        await Store.Completions.ReleaseAsync(Acme, "pln_1", "b", default); // not his to give back
        Assert.IsType<LinkCompletion.Busy>(await Claim("b", Now));
        await Store.Completions.ReleaseAsync(Acme, "pln_1", "a", default);
        Assert.Equal(new LinkCompletion.Claimed(2), await Claim("b", Now));
        Assert.Equal(new LinkCompletion.Claimed(3), await Claim("c", until)); // b's has ended by itself
        Assert.False(await Store.Completions.CompleteAsync(Acme, "pln_1", "b", [2], until, default));
        Assert.True(await Store.Completions.CompleteAsync(Acme, "pln_1", "c", [3], until, default));
        Assert.False(await Store.Completions.CompleteAsync(Acme, "pln_1", "c", [4], until, default));

        await Store.Completions.ReleaseAsync(Acme, "pln_1", "c", default);
        var completed = Assert.IsType<LinkCompletion.Completed>(await Claim("d", until.AddDays(1)));
        Assert.Equal([3], completed.SealedAnswer);
        Assert.Equal(until, completed.At);
        Assert.Equal(new LinkCompletion.Claimed(1), await Store.Completions.ClaimAsync(Other, "pln_1", "a", Now, until, default));
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_may_answer()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Store.Completions.ClaimAsync(Acme, "pln_1", $"{i}", Now, Now.AddMinutes(1), default)));
        Assert.Single(asked.OfType<LinkCompletion.Claimed>());
        Assert.Equal(19, asked.OfType<LinkCompletion.Busy>().Count());
    }

    private PurchaseLink NewLink() => new(
        Acme, Ids.New(LinkTokens.Prefix, Now), 1, LinkStrength.Token, LinkState.Open, null,
        new LinkTerms { GumroadProduct = Said.App }, null, "user:42", null, Now, Now.AddHours(1));

    private async Task<PurchaseLink> AddAsync(PurchaseLink link)
    {
        await Store.Links.AddAsync(link, default);
        return link;
    }

    private async Task<PurchaseLink> ReadAsync(PurchaseLink link) => (await Store.Links.FindAsync(Acme, link.Id, default))!;

    private async Task<Said> SaleAsync(PurchaseLink link, string sale) =>
        Said.Sale(sale, Now, $"{sale}@example.org").With($"url_params[{LinkTokens.Parameter}]", LinkTokens.Reference(await TenantAsync(), link.Id));

    private static string Text(PurchaseLink? link) => JsonSerializer.Serialize(link);
}
