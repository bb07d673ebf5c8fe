using System.Net;
using System.Text.Json;

namespace Latchkey.Gumroad.Api;

/// <summary>What came back: the status, two headers, and the body if it is a JSON object.</summary>
internal sealed record GumroadReply(HttpStatusCode Status, JsonElement? Body, string? Challenge, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300 && Body is { } body && !SaysNo(body);

    /// <summary>Gumroad's words; they stand in <c>message</c>, or in <c>error</c>.</summary>
    public string? Words => Text("message") ?? Text("error");

    public static async Task<GumroadReply> ReadAsync(HttpResponseMessage response, DateTimeOffset now, CancellationToken ct)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false);
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - now);
        return new GumroadReply(
            response.StatusCode,
            ObjectIn(bytes),
            response.Headers.WwwAuthenticate.FirstOrDefault()?.Parameter,
            wait < TimeSpan.Zero ? TimeSpan.Zero : wait);
    }

    private static JsonElement? ObjectIn(byte[] bytes)
    {
        try
        {
            var root = JsonElement.Parse(bytes);
            return root.ValueKind == JsonValueKind.Object ? root : null;
        }
        catch (JsonException)
        {
            return null;    // the status still says something, and the caller says that the body does not
        }
    }

    private static bool SaysNo(JsonElement body) =>
        body.TryGetProperty("success", out var success)
        && (success.ValueKind == JsonValueKind.False || (success.ValueKind == JsonValueKind.String && success.ValueEquals("false")));

    private string? Text(string name) =>
        Body is { } body && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
