using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Tenants;

namespace Latchkey.Products;

/// <summary>What a purchase would be granted with.</summary>
/// <param name="Settings">Null when it would get nothing.</param>
/// <param name="HeldFor">Why it would get nothing: an entry reason.</param>
/// <param name="Rule">The place of the rule that decides; null when none does.</param>
internal sealed record Previewed(BakedSettings? Settings, string? HeldFor, int? Rule);

/// <summary>What saving rules would do to those who wait. What was granted keeps its settings, so nobody else is touched.</summary>
/// <param name="Released">Purchases that would be granted.</param>
/// <param name="Ignored">Held ones that a rule would have ignored from then on.</param>
/// <param name="Remaining">Held ones that no rule would fit.</param>
internal sealed record RulesTouch(IReadOnlyList<string> Released, int Ignored, int Remaining);

/// <summary>Shows what rules would do, saved or not. Nothing is stored. The tenant is given with the rules to be tried.</summary>
internal sealed class RulePreview(IInboxStore inbox, IPurchaseStore purchases, TimeProvider time)
{
    private const int Page = 200;

    /// <param name="json">An event as Gumroad would post it to an address that takes JSON.</param>
    public Previewed OfEvent(TenantContext tenant, byte[] json)
    {
        var now = time.GetUtcNow();
        var id = Ids.New("png_", now);
        var entry = new Entry(
            tenant.Id, id, EntrySource.Ping, now, now, now, 0, RepeatKey.OfOwn(tenant.Secrets.Repeat, id), "application/json", "sale", BodySeal.Seal(tenant, id, json));
        return Translator.Translate(tenant, entry) switch
        {
            Translation.Held { Reason: var reason } => new(null, reason, null),
            Translation.Ignored { Reason: var reason } => new(null, reason, null),
            var said => Of(tenant, FactMerge.Merge([new Fact(entry, said)]), now),
        };
    }

    /// <returns>Null when there is no such purchase.</returns>
    public async Task<Previewed?> OfPurchaseAsync(TenantContext tenant, string purchase, CancellationToken ct) =>
        await purchases.FindAsync(tenant.Id, purchase, ct) is null ? null : await OfStoredAsync(tenant, purchase, ct);

    public async Task<RulesTouch> TouchedAsync(TenantContext tenant, CancellationToken ct)
    {
        var (released, ignored, remaining) = (new List<string>(), 0, 0);
        string? after = null;
        while (await purchases.ListUnmappedAsync(tenant.Id, after, Page, ct) is { Count: > 0 } page)
        {
            foreach (var purchase in page)
            {
                var would = await OfStoredAsync(tenant, purchase.Id, ct);
                if (would.Settings is not null)
                {
                    released.Add(purchase.Id);
                }
                else if (purchase.HeldFor != EntryReasons.IgnoredByRule)
                {
                    ignored += would.HeldFor == EntryReasons.IgnoredByRule ? 1 : 0;
                    remaining += would.HeldFor == EntryReasons.IgnoredByRule ? 0 : 1;
                }
            }

            after = page[^1].Id;
        }

        return new(released, ignored, remaining);
    }

    private async Task<Previewed> OfStoredAsync(TenantContext tenant, string purchase, CancellationToken ct) =>
        Of(tenant, FactMerge.Merge(EntryFacts.Of(tenant, await inbox.ListByPurchaseAsync(tenant.Id, purchase, ct))), time.GetUtcNow());

    private static Previewed Of(TenantContext tenant, PurchaseFacts facts, DateTimeOffset now)
    {
        var (settings, heldFor) = Granting.Preview(tenant, facts, now);
        if (facts.First is not { } first || (settings is null && heldFor != EntryReasons.IgnoredByRule))
        {
            return new(null, heldFor, null);
        }

        // A rule that ignores is asked about what was bought at first; one that grants, about the plan of now.
        var plans = Plans.Of(facts);
        var bought = Granting.BoughtOf(first, settings is null ? plans[0] : Plans.At(plans, now));
        return new(settings, heldFor, tenant.Rules.Rules.ToList().FindIndex(r => RuleMatch.Fits(r, bought)));
    }
}
