namespace Latchkey.Simulator.Pings;

/// <summary>One ping for one endpoint. The body stays the snapshot it was, however late an attempt is.</summary>
internal sealed record Delivery(PingTarget Target, string? Resource, byte[] Snapshot, bool Retries, bool IsRepeat = false)
{
    public byte[] Body(int attempt) => attempt == 1 ? Snapshot : Target.Retried(Snapshot, attempt - 1);
}
