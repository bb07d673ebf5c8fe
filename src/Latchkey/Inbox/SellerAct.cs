using System.Text.Json.Serialization;

namespace Latchkey.Inbox;

/// <summary>Something the seller did to a license by hand. Of two of the same kind the later one stands.</summary>
/// <param name="Kind">One of <see cref="SellerActs"/>.</param>
/// <param name="License">What it was done to; empty for an act on the whole purchase.</param>
/// <param name="At">Unix milliseconds; rises with every act on the same license.</param>
internal sealed record SellerAct(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("license")] string License,
    [property: JsonPropertyName("at")] long At)
{
    /// <summary>The license's place within its purchase; null for an act on all of it.</summary>
    [JsonPropertyName("index")]
    public int? Index { get; init; }

    /// <summary>Of an extension: until when at least, Unix milliseconds.</summary>
    [JsonPropertyName("until")]
    public long? Until { get; init; }

    /// <summary>Of a push: what replaces the settings it was granted with.</summary>
    [JsonPropertyName("settings")]
    public BakedSettings? Settings { get; init; }
}

internal static class SellerActs
{
    public const string Suspend = "suspend";

    /// <summary>Blocked because the seller found abuse.</summary>
    public const string Abuse = "abuse";

    /// <summary>Lifts what the seller had blocked, for whichever reason.</summary>
    public const string Reinstate = "reinstate";
    public const string Reissue = "reissue";
    public const string Extend = "extend";

    /// <summary>New settings of its key type are put in force for what was granted before.</summary>
    public const string Push = "push";
}
