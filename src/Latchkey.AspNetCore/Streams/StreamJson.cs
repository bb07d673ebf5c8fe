using System.Text.Json.Serialization;

namespace Latchkey.AspNetCore.Streams;

/// <param name="Position">What comes later is news.</param>
internal sealed record HelloData(
    [property: JsonPropertyName("position")] long Position);

/// <summary>A message of the outbox as the seller's backend hears it.</summary>
/// <param name="Id">The same for one event, however often it is heard.</param>
internal sealed record EventData(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("subject")] string? Subject,
    [property: JsonPropertyName("license")] string? License,
    [property: JsonPropertyName("purchase")] string? Purchase,
    [property: JsonPropertyName("detail")] string? Detail);

/// <param name="ExpiresIn">Seconds, 1 to 600.</param>
internal sealed record SubjectTokenBody(
    [property: JsonPropertyName("expires_in")] int? ExpiresIn);

internal sealed record SubjectTokenReply(
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("expires_at")] DateTimeOffset ExpiresAt);

/// <summary>Every JSON text of streams.</summary>
[JsonSourceGenerationOptions(UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(HelloData))]
[JsonSerializable(typeof(EventData))]
[JsonSerializable(typeof(SubjectTokenBody))]
[JsonSerializable(typeof(SubjectTokenReply))]
internal sealed partial class StreamJson : JsonSerializerContext;
