namespace Latchkey.Gumroad.Events;

/// <summary>Why a subscription ended.</summary>
public enum SubscriptionEndReason
{
    /// <summary>Absent, or a text Gumroad has added since.</summary>
    Unknown,

    /// <summary><c>cancelled</c>.</summary>
    Cancelled,

    /// <summary><c>failed_payment</c>.</summary>
    FailedPayment,

    /// <summary><c>fixed_subscription_period_ended</c>.</summary>
    FixedPeriodEnded,
}
