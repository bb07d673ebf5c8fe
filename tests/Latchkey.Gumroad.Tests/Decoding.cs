using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Tests;

internal static class Decoding
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PingMap Root(string body, string? contentType = null) => Root(Encoding.UTF8.GetBytes(body), contentType);

    public static PingMap Root(byte[] body, string? contentType = null) =>
        Assert.IsType<PingDecoding.Decoded>(PingDecoder.Decode(body, contentType)).Root;

    public static PingRefusal? Refusal(byte[] body, string? contentType = null, PingLimits? limits = null) =>
        (PingDecoder.Decode(body, contentType, limits) as PingDecoding.Refused)?.Reason;

    public static string Json(PingNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Any JSON value with its leaves made text, as a form would carry them.</summary>
    public static PingNode AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new PingMap(value.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, AsText(p.Value)))),
        JsonValueKind.Array => new PingList([.. value.EnumerateArray().Select(AsText)]),
        JsonValueKind.Null => new PingText(""),
        JsonValueKind.String => new PingText(value.GetString()!),
        _ => new PingText(value.GetRawText()),
    };

    public static List<(string Name, string Value)> Pairs(byte[] body, string? contentType = null)
    {
        Assert.Null(PingPairs.TryRead(body, contentType, PingLimits.Default, out var pairs));
        using (pairs)
        {
            return [.. Enumerable.Range(0, pairs.Count).Select(i => (Encoding.UTF8.GetString(pairs.Name(i)), Encoding.UTF8.GetString(pairs.Value(i))))];
        }
    }

    public static byte[] Canonical(string body, string? contentType = null) => Canonical(Encoding.UTF8.GetBytes(body), contentType);

    public static byte[] Canonical(byte[] body, string? contentType = null)
    {
        Assert.Null(PingPairs.TryRead(body, contentType, PingLimits.Default, out var pairs));
        using (pairs)
        {
            var buffer = new ArrayBufferWriter<byte>();
            pairs.WriteCanonical(buffer);
            return buffer.WrittenSpan.ToArray();
        }
    }
}
