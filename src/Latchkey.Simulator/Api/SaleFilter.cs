using System.Globalization;
using System.Text.RegularExpressions;
using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>Which sales a list holds. Source: <c>app/controllers/api/v2/sales_controller.rb</c>.</summary>
internal sealed partial record SaleFilter(Days Days, string? Email, string? ProductId, int? OrderNumber, string? Name, string? LicenseKey)
{
    /// <summary>Successful purchases and free trials: not what a gift's receiver got, nor pre-orders still open, nor the seller's own.</summary>
    public static bool IsListed(SaleRecord sale) => sale is { Giver: null, IsPreorderAuthorization: false, IsTest: false, IsFailed: false };

    /// <summary>Null and an answer where a parameter makes no sense.</summary>
    public static SaleFilter? Read(ApiCall call, out ApiAnswer? refusal)
    {
        var parameters = call.Parameters;
        if (Days.Read(call, out refusal) is not { } days)
        {
            return null;
        }

        var productId = parameters.Text("product_id");
        if (productId is not null && !ObfuscatedId().IsMatch(productId))
        {
            refusal = ApiAnswer.BadRequest("Invalid product ID.");
            return null;
        }

        int? order = null;
        if (parameters.Text("order_id") is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || (text.Length > 1 && text[0] == '0'))
            {
                refusal = ApiAnswer.BadRequest("Invalid order ID.");
                return null;
            }

            order = number;
        }

        return new SaleFilter(
            days,
            parameters.Text("email")?.Trim(),
            productId,
            order,
            call.IsNewest ? parameters.Text("name")?.Trim() : null,
            call.IsNewest ? parameters.Text("license_key")?.Trim() : null);
    }

    public bool Holds(SaleRecord sale) =>
        IsListed(sale)
        && Days.Hold(sale.At)
        && (Email is null || sale.Email.Equals(Email, StringComparison.OrdinalIgnoreCase))
        && (ProductId is null || sale.Product.ProductId == ProductId)
        && (OrderNumber is null || sale.OrderNumber == OrderNumber)
        && (Name is null || sale.FullName?.Contains(Name, StringComparison.OrdinalIgnoreCase) == true)
        && (LicenseKey is null || HoldsLicense(sale));

    // A license belongs to the first payment of its membership.
    private bool HoldsLicense(SaleRecord sale) =>
        LicenseKey!.Equals(sale.License?.Key, StringComparison.OrdinalIgnoreCase) && (sale.Subscription is null || sale.Subscription.Original == sale);

    [GeneratedRegex("^[A-Za-z0-9_-]{22}==$")]
    private static partial Regex ObfuscatedId();
}
