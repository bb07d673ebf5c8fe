using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>What an app says about the device it runs on. Only the hash is needed; the rest is for people.</summary>
public sealed record DeviceInfo
{
    /// <summary>SHA-256 of <c>dev1|</c>, the product, <c>|</c> and the raw device id, base64url.</summary>
    [JsonPropertyName("hash")]
    public string? Hash { get; init; }

    /// <summary>A label for people; the server keeps at most 64 characters.</summary>
    [JsonPropertyName("name")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>For example <c>win</c>, <c>mac</c>, <c>linux</c>.</summary>
    [JsonPropertyName("platform")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Platform { get; init; }

    /// <summary>The app's version.</summary>
    [JsonPropertyName("app_version")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AppVersion { get; init; }
}
