using System.Text.Json.Nodes;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Simulator.Pings;

/// <summary>Where a ping goes and how its body is written, which Gumroad stores per endpoint.</summary>
internal sealed record PingTarget(Uri Url, bool Json)
{
    public string ContentType => Json ? "application/json" : "application/x-www-form-urlencoded";

    /// <summary>Hosts ending in zapier.com get JSON.</summary>
    public static PingTarget Subscribed(Uri url) => new(url, url.Host.EndsWith("zapier.com", StringComparison.OrdinalIgnoreCase));

    /// <summary>The account's own URL gets a form wherever it is.</summary>
    public static PingTarget Account(Uri url) => new(url, Json: false);

    public byte[] Encode(JsonObject payload) => Json ? PingEncoder.ToJson(payload) : PingEncoder.ToForm(payload);
}
