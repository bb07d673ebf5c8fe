namespace Latchkey.Gumroad.Pings;

internal static class HexDigits
{
    /// <summary>The digit's value, or -1 if it is none.</summary>
    public static int Value(byte digit)
    {
        var number = digit - '0';
        if ((uint)number <= 9)
        {
            return number;
        }

        var letter = (digit | 0x20) - 'a';
        return (uint)letter <= 5 ? letter + 10 : -1;
    }
}
