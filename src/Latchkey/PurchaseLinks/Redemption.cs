using System.Text.Json.Serialization;

namespace Latchkey.PurchaseLinks;

/// <summary>
/// What became of a purchase that came with a link: the body of an entry with source <c>redemption</c>. Written once by the fold that
/// decided it, in the same transaction as the link's row; a seller's later word on it replaces it.
/// </summary>
/// <param name="Link">The link's id.</param>
/// <param name="Refused">Why it did not redeem the link, one of <see cref="LinkReasons"/>; null when it did.</param>
/// <param name="Subject">Whose the purchase is by the link; null: that of whom the sale names.</param>
/// <param name="Product">With <paramref name="KeyType"/> what it grants; null: what the rules say.</param>
internal sealed record Redemption(
    [property: JsonPropertyName("link")] string Link,
    [property: JsonPropertyName("refused")] string? Refused,
    [property: JsonPropertyName("subject")] string? Subject,
    [property: JsonPropertyName("product")] string? Product,
    [property: JsonPropertyName("key_type")] string? KeyType)
{
    /// <summary>Whether it lets these be granted.</summary>
    public bool Grants(string product, string keyType) => Refused is null && (Product is null || (Product == product && KeyType == keyType));
}
