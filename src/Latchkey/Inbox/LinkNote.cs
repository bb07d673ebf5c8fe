using System.Text.Json.Serialization;

namespace Latchkey.Inbox;

/// <summary>
/// That one purchase rests on another: a bundle's content on the bundle, a gift's receiver on the giver's half. The note stands in
/// the child's entries and, so that a change of the parent reaches the child, in the parent's.
/// </summary>
/// <param name="Kind">One of <see cref="LinkKinds"/>.</param>
/// <param name="Parent">The purchase it rests on.</param>
/// <param name="Child">The purchase that rests on it.</param>
internal sealed record LinkNote(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("parent")] string Parent,
    [property: JsonPropertyName("child")] string Child);

internal static class LinkKinds
{
    public const string Bundle = "bundle";
    public const string Gift = "gift";
}
