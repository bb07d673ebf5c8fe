namespace Latchkey.Gumroad.Pings;

/// <summary>What came of decoding a body.</summary>
public abstract record PingDecoding
{
    private PingDecoding()
    {
    }

    /// <summary>The body was read.</summary>
    /// <param name="Root">The nested values.</param>
    /// <param name="HasBrokenEncoding">Whether some text had to be repaired; see <see cref="PingPairs.HasBrokenEncoding"/>.</param>
    public sealed record Decoded(PingMap Root, bool HasBrokenEncoding) : PingDecoding;

    /// <summary>The body was not read.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(PingRefusal Reason) : PingDecoding;
}
