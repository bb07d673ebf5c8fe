using Latchkey.Simulator.Checkout;

namespace Latchkey.Simulator.Api;

/// <summary>The license a call is about: of a sale, or of an imported customer, which the ledger does not know.</summary>
/// <param name="Product">What it is for.</param>
/// <param name="Sale">The first payment; null for an imported customer.</param>
/// <param name="Customer">The imported customer; null for a sale.</param>
internal sealed record FoundLicense(ProductRecord Product, SaleRecord? Sale, ImportedCustomer? Customer)
{
    private string ProductId => Product.Product.ProductId;

    private string Key => Customer?.License.Key ?? Sale!.License!.Key;

    /// <summary>Null and an answer when there is none, or when it is asked for in a way its product does not allow.</summary>
    public static FoundLicense? Find(ApiCall call, string? permalink, out ApiAnswer? refusal)
    {
        var productId = call.Parameters.Text("product_id");
        var found = call.Parameters.Text("license_key") is { } key ? Look(call, productId, key) : null;
        refusal = found switch
        {
            null => Unknown(),
            { Product.Product: { RequiresProductId: true } product } when productId is null => ApiAnswer.Failure(
                500,
                $"The 'product_id' parameter is required to verify the license for this product. Please set 'product_id' to '{product.ProductId}' in the request."),
            _ when productId is null && !Matches(found.Product.Product, permalink) => Unknown(),
            { Sale.License.AccessRevoked: true } => ApiAnswer.Failure(404, "Access to the purchase associated with this license has expired."),
            _ => null,
        };
        return refusal is null ? found : null;
    }

    public bool IsDisabled(ApiCall call) => Customer is { } customer
        ? call.Details.WithLicense(() => customer.License.Disabled)
        : call.Ledger.Read(_ => Sale!.License!.Disabled);

    public int Uses(ApiCall call) => Customer is { } customer
        ? call.Details.WithLicense(() => customer.License.Uses)
        : call.Ledger.Read(_ => Sale!.License!.Uses);

    public void Verify(ApiCall call, bool increment)
    {
        if (Customer is { } customer)
        {
            call.Details.WithLicense(() => customer.License.Uses += increment ? 1 : 0);
        }
        else
        {
            call.Ledger.Verify(ProductId, Key, increment);
        }
    }

    public void SetDisabled(ApiCall call, bool disabled)
    {
        if (Customer is { } customer)
        {
            call.Details.WithLicense(() => customer.License.Disabled = disabled);
        }
        else
        {
            call.Ledger.SetDisabled(ProductId, Key, disabled);
        }
    }

    /// <summary>Stops at 0.</summary>
    public void DecrementUses(ApiCall call)
    {
        if (Customer is { } customer)
        {
            call.Details.WithLicense(() => customer.License.Uses = Math.Max(0, customer.License.Uses - 1));
        }
        else
        {
            call.Ledger.DecrementUses(ProductId, Key);
        }
    }

    public void RotateKey(ApiCall call)
    {
        if (Customer is { } customer)
        {
            var key = call.Simulator.Tokens.NewLicenseKey();
            call.Details.WithLicense(() => customer.License.Key = key);
        }
        else
        {
            call.Ledger.RotateKey(ProductId, Key);
        }
    }

    // Without a product a key is looked for among all products.
    private static FoundLicense? Look(ApiCall call, string? productId, string key) => call.Ledger.Read(view =>
    {
        // The database minds neither case nor trailing blanks.
        var wanted = key.TrimEnd();
        var customer = call.Details.FindImported(productId, wanted);
        if (customer is not null && view.FindProduct(customer.ProductId) is { } product)
        {
            return new FoundLicense(product, null, customer);
        }

        var sale = view.Sales.FirstOrDefault(sale =>
            wanted.Equals(sale.License?.Key, StringComparison.OrdinalIgnoreCase) && (productId is null || sale.Product.ProductId == productId));
        return sale is null ? null : new FoundLicense(sale.Item, sale.Subscription?.Original ?? sale, null);
    });

    private static bool Matches(SimulatedProduct product, string? permalink) =>
        new[] { product.Permalink, product.CustomPermalink, product.ShortId }.OfType<string>().Contains(permalink, StringComparer.OrdinalIgnoreCase);

    private static ApiAnswer Unknown() => ApiAnswer.Failure(404, "That license does not exist for the provided product.");
}
