namespace Latchkey.Gumroad.Api;

/// <summary>A discount code to make.</summary>
public sealed record NewOfferCode
{
    private NewOfferCode(string code, long amount, bool isPercent)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        Code = code;
        Amount = amount;
        IsPercent = isPercent;
    }

    /// <summary>What the buyer will type: letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string Code { get; }

    /// <summary>Per cent, or the smallest unit of the product's currency.</summary>
    public long Amount { get; }

    /// <summary>Whether <see cref="Amount"/> is in per cent.</summary>
    public bool IsPercent { get; }

    /// <summary>How many copies may be bought with it, counting quantity; null without limit. With 1 it identifies a purchase.</summary>
    public int? MaxPurchaseCount { get; init; }

    /// <summary>Whether it holds for all products of the seller.</summary>
    public bool IsUniversal { get; init; }

    /// <summary>Takes a share off.</summary>
    /// <param name="percent">0 to 100.</param>
    public static NewOfferCode PercentOff(string code, int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return new(code, percent, isPercent: true);
    }

    /// <summary>Takes an amount off.</summary>
    /// <param name="cents">At least 1, in the smallest unit of the product's currency.</param>
    public static NewOfferCode CentsOff(string code, long cents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cents, 1);
        return new(code, cents, isPercent: false);
    }
}
