namespace Latchkey.Gumroad.Api;

/// <summary>A product to make; what is null is left to Gumroad. <c>app/controllers/api/v2/links_controller.rb</c></summary>
/// <param name="Name">What it is called.</param>
/// <param name="PriceCents">0 or more, in the smallest unit of the currency.</param>
public sealed record NewProduct(string Name, long PriceCents)
{
    /// <summary>As <c>usd</c>; the account's if null.</summary>
    public string? Currency { get; init; }

    /// <summary>As <c>digital</c> (Gumroad's default), <c>course</c>, <c>ebook</c>, <c>membership</c>. Physical products are refused.</summary>
    public string? NativeType { get; init; }

    /// <summary>As <c>monthly</c>; memberships only.</summary>
    public string? SubscriptionDuration { get; init; }

    /// <summary>HTML.</summary>
    public string? DescriptionHtml { get; init; }

    /// <summary>The last part of its address.</summary>
    public string? CustomPermalink { get; init; }

    /// <summary>How many can be sold in all.</summary>
    public int? MaxPurchaseCount { get; init; }

    /// <summary>Whether the buyer may pay more than the price.</summary>
    public bool? IsPayWhatYouWant { get; init; }

    /// <summary>What is suggested then.</summary>
    public long? SuggestedPriceCents { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
