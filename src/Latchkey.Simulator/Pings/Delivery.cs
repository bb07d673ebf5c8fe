using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Pings;

/// <summary>One ping for one endpoint. The payload stays the snapshot it was, however late an attempt is.</summary>
internal sealed record Delivery(PingTarget Target, string? Resource, JsonObject Payload, bool Retries, bool IsRepeat = false)
{
    public byte[] Body(int attempt)
    {
        if (attempt == 1)
        {
            return Target.Encode(Payload);
        }

        var retried = Payload.DeepClone().AsObject();
        retried["retry_count"] = attempt - 1;
        return Target.Encode(retried);
    }
}
