using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Latchkey.Server.Commands;

/// <summary>Reads the numbers of options, in any culture alike, and says in a sentence what is none.</summary>
internal static class NumberText
{
    private const NumberStyles WholeNumber = NumberStyles.AllowLeadingSign;
    private const NumberStyles AnyNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static int Whole(ArgumentResult given) => Read<int>(given, WholeNumber, "whole number");

    public static int? WholeOrNone(ArgumentResult given) => Whole(given);

    public static double Any(ArgumentResult given) => Read<double>(given, AnyNumber, "number");

    private static T Read<T>(ArgumentResult given, NumberStyles style, string kind)
        where T : struct, INumberBase<T>
    {
        var text = given.Tokens is [.., var last] ? last.Value : string.Empty;
        if (!T.TryParse(text, style, CultureInfo.InvariantCulture, out var number))
        {
            given.AddError($"{(given.Parent as OptionResult)?.Option.Name} {text} is no {kind}.");
        }

        return number;
    }
}
