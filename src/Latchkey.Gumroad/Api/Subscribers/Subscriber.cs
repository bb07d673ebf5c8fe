using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>A subscription and who has it.</summary>
/// <remarks><c>app/models/subscription.rb</c></remarks>
public sealed record Subscriber
{
    /// <summary>Its id; <c>subscription_id</c> in pings and sales.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public required string SubscriptionId { get; init; }

    /// <summary>Where the subscriber is written to.</summary>
    /// <remarks>Key <c>email</c>.</remarks>
    [JsonPropertyName("email")]
    public string? Email { get; init; }

    /// <summary>The membership's id.</summary>
    /// <remarks>Key <c>product_id</c>.</remarks>
    [JsonPropertyName("product_id")]
    public string? ProductId { get; init; }

    /// <summary>Its name.</summary>
    /// <remarks>Key <c>product_name</c>.</remarks>
    [JsonPropertyName("product_name")]
    public string? ProductName { get; init; }

    /// <summary>The subscriber's account, decimal digits; null without one.</summary>
    /// <remarks>Key <c>user_id</c>.</remarks>
    [JsonPropertyName("user_id")]
    public string? AccountNumber { get; init; }

    /// <summary>The account's e-mail; null without an account (pings have the other address then).</summary>
    /// <remarks>Key <c>user_email</c>.</remarks>
    [JsonPropertyName("user_email")]
    public string? AccountEmail { get; init; }

    /// <summary>Successful payments only; pings list the failed ones too.</summary>
    /// <remarks>Key <c>purchase_ids</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("purchase_ids")]
    public IReadOnlyList<string> SaleIds { get => field ?? []; init; }

    /// <summary>When it began.</summary>
    /// <remarks>Key <c>created_at</c>.</remarks>
    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the subscriber asked to end it.</summary>
    /// <remarks>Key <c>user_requested_cancellation_at</c>.</remarks>
    [JsonPropertyName("user_requested_cancellation_at")]
    public DateTimeOffset? CancellationRequestedAt { get; init; }

    /// <summary>When it ends or ended by cancellation; often in the future.</summary>
    /// <remarks>Key <c>cancelled_at</c>.</remarks>
    [JsonPropertyName("cancelled_at")]
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>When its fixed number of payments was through.</summary>
    /// <remarks>Key <c>ended_at</c>.</remarks>
    [JsonPropertyName("ended_at")]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it ended because a payment failed.</summary>
    /// <remarks>Key <c>failed_at</c>.</remarks>
    [JsonPropertyName("failed_at")]
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>End of the free trial.</summary>
    /// <remarks>Key <c>free_trial_ends_at</c>.</remarks>
    [JsonPropertyName("free_trial_ends_at")]
    public DateTimeOffset? FreeTrialEndsAt { get; init; }

    /// <summary>How many payments it has in all; null when it goes on.</summary>
    /// <remarks>Key <c>charge_occurrence_count</c>.</remarks>
    [JsonPropertyName("charge_occurrence_count")]
    public int? ChargeCount { get; init; }

    /// <summary><c>monthly</c>, <c>quarterly</c>, <c>biannually</c>, <c>yearly</c> or <c>every_two_years</c>.</summary>
    /// <remarks>Key <c>recurrence</c>.</remarks>
    [JsonPropertyName("recurrence")]
    public string? Recurrence { get; init; }

    /// <summary><c>alive</c>, <c>pending_cancellation</c>, <c>pending_failure</c>, <c>cancelled</c>, <c>failed_payment</c> or <c>fixed_subscription_period_ended</c>.</summary>
    /// <remarks>Key <c>status</c>.</remarks>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>Its license key.</summary>
    /// <remarks>Key <c>license_key</c>.</remarks>
    [JsonPropertyName("license_key")]
    public string? LicenseKey { get; init; }
}
