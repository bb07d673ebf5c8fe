namespace Latchkey.Streams;

/// <summary>Messages in a row, written once for all who read them.</summary>
/// <param name="Starts">Position and place in the text of each, in order; never empty.</param>
internal sealed record StreamPage(ReadOnlyMemory<byte> Text, IReadOnlyList<(long Position, int Start)> Starts)
{
    public long Last => Starts[^1].Position;

    /// <summary>What comes after a position; empty when that is nothing.</summary>
    public ReadOnlyMemory<byte> After(long position)
    {
        if (position < Starts[0].Position)
        {
            return Text;
        }

        foreach (var (at, start) in Starts)
        {
            if (at > position)
            {
                return Text[start..];
            }
        }

        return default;
    }
}
