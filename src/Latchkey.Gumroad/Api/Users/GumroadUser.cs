using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>A seller.</summary>
/// <remarks><c>app/models/concerns/user/as_json.rb</c></remarks>
public sealed record GumroadUser
{
    /// <summary>The opaque id; equals <c>seller_id</c> of pings and sales.</summary>
    /// <remarks>Key <c>user_id</c>.</remarks>
    [JsonPropertyName("user_id")]
    public required string SellerId { get; init; }

    /// <summary>Another name of the same account, decimal digits; buyers' <c>purchaser_id</c> are of this kind.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public string? AccountNumber { get; init; }

    /// <summary>The name shown to buyers.</summary>
    /// <remarks>Key <c>name</c>.</remarks>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Only with the scope <c>view_profile</c>.</summary>
    /// <remarks>Key <c>display_name</c>.</remarks>
    [JsonPropertyName("display_name")]
    public string? DisplayName { get; init; }

    /// <summary>What the seller says about themselves.</summary>
    /// <remarks>Key <c>bio</c>.</remarks>
    [JsonPropertyName("bio")]
    public string? Bio { get; init; }

    /// <summary>Without <c>@</c>.</summary>
    /// <remarks>Key <c>twitter_handle</c>.</remarks>
    [JsonPropertyName("twitter_handle")]
    public string? TwitterHandle { get; init; }

    /// <summary>The profile's address.</summary>
    /// <remarks>Key <c>url</c>.</remarks>
    [JsonPropertyName("url")]
    public string? Url { get; init; }

    /// <summary>Short ids of the seller's products.</summary>
    /// <remarks>Key <c>links</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("links")]
    public IReadOnlyList<string> ProductPermalinks { get => field ?? []; init; }

    /// <summary>Only with <c>edit_products</c>, <c>view_sales</c>, <c>revenue_share</c>, <c>ifttt</c> or <c>view_profile</c>.</summary>
    /// <remarks>Key <c>email</c>.</remarks>
    [JsonPropertyName("email")]
    public string? Email { get; init; }

    /// <summary>Address of the profile's picture; scopes as for <see cref="Email"/>.</summary>
    /// <remarks>Key <c>profile_url</c>.</remarks>
    [JsonPropertyName("profile_url")]
    public string? PictureUrl { get; init; }

    /// <summary>The account's currency, lower case; scopes as for <see cref="Email"/>.</summary>
    /// <remarks>Key <c>currency_type</c>.</remarks>
    [JsonPropertyName("currency_type")]
    public string? Currency { get; init; }
}
