using System.Text.Json.Serialization;

namespace Latchkey.Purchases;

/// <summary>
/// What Gumroad's API showed about one sale or one subscription: the body of an entry with source api. Exactly one is given. The time
/// of the read is the entry's last sight: reading the same once more is a repeat of that entry.
/// </summary>
/// <param name="Name">The purchase's name at Gumroad.</param>
internal sealed record GumroadRead(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("sale")] SaleRead? Sale,
    [property: JsonPropertyName("subscriber")] SubscriberRead? Subscriber);

/// <summary>A sale as Gumroad's API showed it.</summary>
/// <param name="ReadAt">When it was asked.</param>
internal sealed record SaleRead(
    [property: JsonIgnore] DateTimeOffset ReadAt,
    [property: JsonPropertyName("charge")] Charge Charge);

/// <summary>A subscription as Gumroad's API showed it.</summary>
/// <param name="ReadAt">When it was asked.</param>
/// <param name="CancelledAt">When it ends or ended by a cancellation.</param>
/// <param name="FailedAt">When it ended by failed payments.</param>
/// <param name="EndedAt">When it ended for <paramref name="Reason"/>.</param>
internal sealed record SubscriberRead(
    [property: JsonIgnore] DateTimeOffset ReadAt,
    [property: JsonPropertyName("cancelled_at")] DateTimeOffset? CancelledAt,
    [property: JsonPropertyName("failed_at")] DateTimeOffset? FailedAt,
    [property: JsonPropertyName("ended_at")] DateTimeOffset? EndedAt,
    [property: JsonPropertyName("reason")] EndReason Reason,
    [property: JsonPropertyName("trial_ends_at")] DateTimeOffset? TrialEndsAt);
