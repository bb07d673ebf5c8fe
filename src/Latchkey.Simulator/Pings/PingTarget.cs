using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Simulator.Pings;

/// <summary>Where a ping goes and how its body is written. A trusted one may be anywhere; others must not be on private addresses.</summary>
internal sealed record PingTarget(Uri Url, bool Json, bool IsTrusted)
{
    public string ContentType => Json ? "application/json" : "application/x-www-form-urlencoded";

    /// <summary>Subscribed hosts ending in zapier.com get JSON, all others and the account's own URL a form. Source: <c>app/models/resource_subscription.rb</c>.</summary>
    public static bool IsJson(Uri subscribed) => subscribed.Host.EndsWith("zapier.com", StringComparison.OrdinalIgnoreCase);

    public byte[] Encode(JsonObject payload) => Json ? PingEncoder.ToJson(payload) : PingEncoder.ToForm(payload);

    /// <summary>The same body with the number of the retry as its last pair.</summary>
    public byte[] Retried(byte[] body, int retryCount) => Json
        ? [.. body.AsSpan(0, body.Length - 1), .. Encoding.ASCII.GetBytes($",\"retry_count\":{retryCount}}}")]
        : [.. body, .. Encoding.ASCII.GetBytes($"&retry_count={retryCount}")];
}
