using System.Diagnostics;

namespace Latchkey.Gumroad.Pings;

/// <summary>The stable text of refusals, as stored and shown.</summary>
public static class PingRefusals
{
    /// <summary>The refusal in snake case, as in <c>too_many_pairs</c>.</summary>
    public static string Code(this PingRefusal refusal) => refusal switch
    {
        PingRefusal.TooLarge => "too_large",
        PingRefusal.TooManyPairs => "too_many_pairs",
        PingRefusal.TooDeep => "too_deep",
        PingRefusal.NameTooLong => "name_too_long",
        PingRefusal.UnknownContentType => "unknown_content_type",
        PingRefusal.BrokenJson => "broken_json",
        _ => throw new UnreachableException(),
    };
}
