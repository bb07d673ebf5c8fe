using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

/// <summary>Money sent to the seller.</summary>
/// <remarks><c>app/controllers/api/v2/payouts_controller.rb</c>, <c>app/models/payment.rb</c></remarks>
public sealed record Payout
{
    /// <summary>Its id; null while it is only upcoming.</summary>
    /// <remarks>Key <c>id</c>.</remarks>
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    /// <summary>In whole units of <see cref="Currency"/>, as 777.77. Gumroad sends text.</summary>
    /// <remarks>Key <c>amount</c>.</remarks>
    [JsonPropertyName("amount")]
    public decimal? Amount { get; init; }

    /// <summary>As <c>usd</c>.</summary>
    /// <remarks>Key <c>currency</c>.</remarks>
    [JsonPropertyName("currency")]
    public string? Currency { get; init; }

    /// <summary><c>payable</c>, <c>completed</c>, <c>pending</c> or <c>failed</c>, and others.</summary>
    /// <remarks>Key <c>status</c>.</remarks>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    /// <summary>When it was made.</summary>
    /// <remarks>Key <c>created_at</c>.</remarks>
    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was completed.</summary>
    /// <remarks>Key <c>processed_at</c>.</remarks>
    [JsonPropertyName("processed_at")]
    public DateTimeOffset? ProcessedAt { get; init; }

    /// <summary><c>stripe</c> or <c>paypal</c>, in any case.</summary>
    /// <remarks>Key <c>payment_processor</c>.</remarks>
    [JsonPropertyName("payment_processor")]
    public string? Processor { get; init; }

    /// <summary>Masked.</summary>
    /// <remarks>Key <c>bank_account_visual</c>.</remarks>
    [JsonPropertyName("bank_account_visual")]
    public string? BankAccount { get; init; }

    /// <summary>Where it went by PayPal.</summary>
    /// <remarks>Key <c>paypal_email</c>.</remarks>
    [JsonPropertyName("paypal_email")]
    public string? PaypalEmail { get; init; }

    /// <summary>Ids of the sales in it; of a single payout only, and with the scope <c>view_sales</c> too.</summary>
    /// <remarks>Key <c>sales</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("sales")]
    public IReadOnlyList<string> SaleIds { get => field ?? []; init; }

    /// <summary>Likewise, the refunded ones.</summary>
    /// <remarks>Key <c>refunded_sales</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("refunded_sales")]
    public IReadOnlyList<string> RefundedSaleIds { get => field ?? []; init; }

    /// <summary>Likewise, the disputed ones.</summary>
    /// <remarks>Key <c>disputed_sales</c>.</remarks>
    [AllowNull]
    [JsonPropertyName("disputed_sales")]
    public IReadOnlyList<string> DisputedSaleIds { get => field ?? []; init; }
}
