using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>The tenant's signed keyset.</summary>
public sealed record KeysetReply
{
    /// <summary>A <c>keyset+jwt</c>.</summary>
    [JsonPropertyName("keyset")]
    public required string Keyset { get; init; }
}
