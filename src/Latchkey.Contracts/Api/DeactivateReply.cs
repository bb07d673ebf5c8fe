using System.Text.Json.Serialization;

namespace Latchkey.Contracts.Api;

/// <summary>Whether this call freed the slot.</summary>
public sealed record DeactivateReply
{
    /// <summary>False if it was free already.</summary>
    [JsonPropertyName("released")]
    public required bool Released { get; init; }
}
