namespace Latchkey.Contracts;

/// <summary>
/// The one vocabulary of outcomes: <c>code</c> of a verdict or a problem, <c>rsn</c> of a lease.
/// A code never changes its meaning and is never used again for another.
/// </summary>
public static class Codes
{
    /// <summary>Usable.</summary>
    public const string Ok = "ok";

    /// <summary>Usable; the paid end has passed and the billing grace runs.</summary>
    public const string Grace = "grace";

    /// <summary>The typed key cannot be a key. Found by the client alone, without a network.</summary>
    public const string KeyMalformed = "key_malformed";

    /// <summary>Unknown key, key of another product, or wrong check symbols: one reply for all.</summary>
    public const string KeyNotFound = "key_not_found";

    /// <summary>The purchase was refunded.</summary>
    public const string Refunded = "refunded";

    /// <summary>The charge is disputed.</summary>
    public const string Disputed = "disputed";

    /// <summary>The seller has blocked the license.</summary>
    public const string BlockedBySeller = "blocked_by_seller";

    /// <summary>The seller found abuse.</summary>
    public const string Abuse = "abuse";

    /// <summary>A fixed duration is over.</summary>
    public const string Expired = "expired";

    /// <summary>The subscription is over.</summary>
    public const string SubscriptionEnded = "subscription_ended";

    /// <summary>A preorder, or a start in the future.</summary>
    public const string NotStarted = "not_started";

    /// <summary>The key was replaced by a newer one.</summary>
    public const string Reissued = "reissued";

    /// <summary>Every slot is taken.</summary>
    public const string ActivationLimitReached = "activation_limit_reached";

    /// <summary>The activation id is not one of this license.</summary>
    public const string ActivationNotFound = "activation_not_found";

    /// <summary>The slot was freed.</summary>
    public const string ActivationReleased = "activation_released";

    /// <summary>The activation belongs to another device.</summary>
    public const string DeviceMismatch = "device_mismatch";

    /// <summary>The allowance of self-made releases is used up for now.</summary>
    public const string ReleaseLimitReached = "release_limit_reached";

    /// <summary>Usable, but not for the entitlement that was asked for.</summary>
    public const string EntitlementMissing = "entitlement_missing";

    /// <summary>The right covers only versions released before its end.</summary>
    public const string VersionNotCovered = "version_not_covered";

    /// <summary>The same Idempotency-Key came with another body.</summary>
    public const string IdempotencyConflict = "idempotency_conflict";

    /// <summary>The request is not well formed; the problem names the field.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>The protocol version is too old.</summary>
    public const string UnsupportedVersion = "unsupported_version";

    /// <summary>Too many requests; wait for <c>Retry-After</c>.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The server cannot answer now; the stored lease goes on.</summary>
    public const string TemporarilyUnavailable = "temporarily_unavailable";
}
