using System.Globalization;
using System.Text;

namespace Latchkey.Contracts.Keys;

/// <summary>What is left of typed or pasted text once spelling that carries no meaning is gone.</summary>
internal static class TypedText
{
    public static string Clean(string typed)
    {
        var kept = new StringBuilder(typed.Length);
        foreach (var c in Normalized(typed))
        {
            var plain = Narrow(c);
            if (!IsSeparator(plain))
            {
                kept.Append(char.ToUpperInvariant(plain));
            }
        }

        return kept.ToString();
    }

    private static string Normalized(string typed)
    {
        try
        {
            return typed.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: no normal form, and no symbol of a key, as the reading will say.
            return typed;
        }
    }

    /// <summary>
    /// Full-width forms, which an East Asian keyboard gives. NFKC maps them too, but does nothing where the
    /// runtime was told to carry no Unicode data (InvariantGlobalization).
    /// </summary>
    private static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;

    private static bool IsSeparator(char c) =>
        c is '_' or '\u2212' || char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is
            UnicodeCategory.DashPunctuation or UnicodeCategory.Control or UnicodeCategory.Format or
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
