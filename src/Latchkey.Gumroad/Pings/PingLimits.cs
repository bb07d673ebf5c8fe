namespace Latchkey.Gumroad.Pings;

/// <summary>How much of a body is decoded. A body beyond any limit is refused as a whole, never cut.</summary>
/// <remarks>Gumroad's own bodies stay below some tens of kB and some hundred pairs; long buyer answers come twice.</remarks>
public sealed record PingLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static PingLimits Default { get; } = new();

    /// <summary>Largest body, in bytes as received. Default 262,144.</summary>
    public int MaxBodyBytes { get; init; } = 262_144;

    /// <summary>Most name and value pairs. Default 2,000.</summary>
    public int MaxPairs { get; init; } = 2_000;

    /// <summary>Most segments of one name; <c>old_plan[tier][id]</c> has three. Default 8; keep it below 100, JSON is read recursively.</summary>
    public int MaxDepth { get; init; } = 8;

    /// <summary>Longest decoded name, brackets included, in bytes. Default 1,024.</summary>
    public int MaxNameBytes { get; init; } = 1_024;
}
