namespace Latchkey;

/// <summary>Live streams, on each node.</summary>
public sealed class StreamOptions
{
    /// <summary>Seconds between the comments that keep an idle stream open through proxies: 0.05 to 30.</summary>
    public double HeartbeatSeconds { get; set; } = 15;

    /// <summary>
    /// The most bytes that wait for one reader, 16 KiB to 64 MiB. A reader that falls further behind is cut off, and resumes where it was.
    /// </summary>
    public int MaxWaitingBytes { get; set; } = 1024 * 1024;

    internal IEnumerable<string> Faults()
    {
        if (HeartbeatSeconds is not (>= 0.05 and <= 30))
        {
            yield return $"Latchkey:Streams:HeartbeatSeconds is {HeartbeatSeconds}; use 0.05 to 30.";
        }

        if (MaxWaitingBytes is < 16 * 1024 or > 64 * 1024 * 1024)
        {
            yield return $"Latchkey:Streams:MaxWaitingBytes is {MaxWaitingBytes}; use 16384 to 67108864.";
        }
    }
}
