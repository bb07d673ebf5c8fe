using System.Text.Json.Nodes;
using Latchkey.Keys;
using Latchkey.PurchaseLinks;

namespace Latchkey.Tests.PurchaseLinks;

/// <summary>Links for the product of <see cref="Ping"/>, and sales that come with them.</summary>
internal static class ALink
{
    public static PurchaseLink Open(LinkTerms? terms = null, LinkStrength strength = LinkStrength.Token, string? subject = "user:42") => new(
        Acme.Tenant.Id, Ids.New(LinkTokens.Prefix, Acme.Start), 1, strength, LinkState.Open, null,
        terms ?? new LinkTerms { GumroadProduct = Ping.ProductId }, null, subject, null, Acme.Start, Acme.Start.AddHours(1));

    public static string Reference(this PurchaseLink link) => LinkTokens.Reference(Acme.Tenant, link.Id);

    public static JsonObject Sale(this PurchaseLink link, params (string Name, JsonNode? Value)[] with) =>
        Ping.Sale([("url_params", new JsonObject { [LinkTokens.Parameter] = link.Reference() }), .. with]);
}
