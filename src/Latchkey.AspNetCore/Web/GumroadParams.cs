using System.Collections.Frozen;

namespace Latchkey.AspNetCore.Web;

/// <summary>Parameters of a product page's address that never reach a ping. Source: Gumroad's public code, see docs/reference/gumroad.md.</summary>
internal static class GumroadParams
{
    private static readonly FrozenSet<string> Own = FrozenSet.ToFrozenSet(
        [
            "product", "option", "recurrence", "quantity", "price", "recommended_by", "affiliate_id", "referrer", "rent", "recommender_model_name",
            "call_start_time", "pay_in_installments", "code", "wanted", "email", "as_modal", "as_embed", "debug",
        ],
        StringComparer.Ordinal);

    public static bool Passes(string name) => !Own.Contains(name);
}
