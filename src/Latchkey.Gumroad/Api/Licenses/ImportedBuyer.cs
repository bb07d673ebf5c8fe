using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>A customer the seller imported from elsewhere; there is no sale.</summary>
public sealed record ImportedBuyer
{
    /// <summary>Its id.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>The customer's e-mail.</summary>
    /// <remarks>Key <c>email</c>.</remarks>
    [JsonPropertyName("email")]
    public string? Email { get; init; }

    /// <summary>The same, as imported.</summary>
    /// <remarks>Key <c>purchase_email</c>.</remarks>
    [JsonPropertyName("purchase_email")]
    public string? PurchaseEmail { get; init; }

    /// <summary>The product's name.</summary>
    /// <remarks>Key <c>product_name</c>.</remarks>
    [JsonPropertyName("product_name")]
    public string? ProductName { get; init; }

    /// <summary>When it was bought or imported.</summary>
    /// <remarks>Key <c>created_at</c>.</remarks>
    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }
}
