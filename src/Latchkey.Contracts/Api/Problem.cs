using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>An error as <c>application/problem+json</c> (RFC 9457). Switch on <see cref="Code"/>; the texts may change.</summary>
public sealed record Problem
{
    /// <summary>An address that describes the code, or <c>about:blank</c>.</summary>
    [JsonPropertyName("type")]
    public string Type { get; init; } = "about:blank";

    /// <summary>A short name of the problem.</summary>
    [JsonPropertyName("title")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    /// <summary>The HTTP status.</summary>
    [JsonPropertyName("status")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Status { get; init; }

    /// <summary>A sentence for people.</summary>
    [JsonPropertyName("detail")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>One of <see cref="Codes"/>.</summary>
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    /// <summary>Names this request in the server's log.</summary>
    [JsonPropertyName("request_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestId { get; init; }

    /// <summary>The field that is wrong, in <c>invalid_request</c>.</summary>
    [JsonPropertyName("field")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>Seconds to wait, as in the header of that name.</summary>
    [JsonPropertyName("retry_after")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RetryAfter { get; init; }

    /// <summary>How many devices may be active, in <c>activation_limit_reached</c>.</summary>
    [JsonPropertyName("limit")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Limit { get; init; }

    /// <summary>How many are.</summary>
    [JsonPropertyName("used")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Used { get; init; }

    /// <summary>Which ones.</summary>
    [JsonPropertyName("devices")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemDevice>? Devices { get; init; }

    /// <summary>Where the buyer can release one of them.</summary>
    [JsonPropertyName("portal")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Portal { get; init; }

    /// <summary>When the next release is possible (UTC), in <c>release_limit_reached</c>.</summary>
    [JsonPropertyName("next_release_at")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextReleaseAt { get; init; }
}
