using System.Text.Json.Serialization;
using Latchkey.Gumroad.Events;

namespace Latchkey.Gumroad.Api;

/// <summary>An address that gets pings of one kind.</summary>
/// <remarks>It delivers only while its application has a token of the seller with <c>view_sales</c>; otherwise it stays listed and is silent. <c>app/modules/user/ping_notification.rb</c></remarks>
public sealed record ResourceSubscription
{
    /// <summary>Its id.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>The kind as Gumroad writes it, as <c>dispute_won</c>.</summary>
    /// <remarks>Key <c>resource_name</c>.</remarks>
    [JsonPropertyName("resource_name")]
    public string? ResourceName { get; init; }

    /// <summary>Where pings go, secret and all: keep it out of logs.</summary>
    /// <remarks>Key <c>post_url</c>.</remarks>
    [JsonPropertyName("post_url")]
    public string? PostUrl { get; init; }

    /// <summary>The kind; null if it is none of the eight known ones.</summary>
    [JsonIgnore]
    public GumroadResource? Resource => GumroadResources.TryParse(ResourceName, out var resource) ? resource : null;
}
