using Latchkey.Inbox;
using Latchkey.Tenants;

namespace Latchkey.Purchases;

/// <summary>What the stored entries of a purchase say, less what was not understood.</summary>
internal static class EntryFacts
{
    public static IReadOnlyList<Fact> Of(TenantContext tenant, IEnumerable<Entry> entries) =>
    [
        .. entries.Select(e => new Fact(e, Translator.Translate(tenant, e)))
            .Where(f => f.Translation is not (Translation.Held or Translation.Ignored)),
    ];
}
