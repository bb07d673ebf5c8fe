using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Api;

/// <summary>What the API keeps about products, and the ledger has no use for. Safe for concurrent use.</summary>
internal sealed class ProductDetails
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ProductTexts> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _descriptions = new(StringComparer.Ordinal);
    private readonly List<(string ProductId, string Title)> _emptyCategories = [];
    private readonly List<ImportedCustomer> _importedCustomers = [];

    public ProductTexts TextsOf(string productId)
    {
        lock (_gate)
        {
            return _texts.GetValueOrDefault(productId, ProductTexts.None);
        }
    }

    public void ChangeTexts(string productId, Func<ProductTexts, ProductTexts> change)
    {
        lock (_gate)
        {
            _texts[productId] = change(_texts.GetValueOrDefault(productId, ProductTexts.None));
        }
    }

    /// <summary>The id of what a label names. A thing keeps its id when it is renamed.</summary>
    public string IdOf(string label)
    {
        lock (_gate)
        {
            return _ids.GetValueOrDefault(label) ?? StableIds.Id(label);
        }
    }

    public void Rename(string label, string newLabel)
    {
        lock (_gate)
        {
            _ids[newLabel] = IdOf(label);
        }
    }

    /// <summary>A variant's description, by the variant's id.</summary>
    public string? DescriptionOf(string variantId)
    {
        lock (_gate)
        {
            return _descriptions.GetValueOrDefault(variantId);
        }
    }

    public void Describe(string variantId, string? description)
    {
        lock (_gate)
        {
            _descriptions.Remove(variantId);
            if (description is not null)
            {
                _descriptions.Add(variantId, description);
            }
        }
    }

    /// <summary>Titles of categories with nothing to choose yet, which the checkout does not know.</summary>
    public IReadOnlyList<string> EmptyCategoriesOf(string productId)
    {
        lock (_gate)
        {
            return [.. _emptyCategories.Where(category => category.ProductId == productId).Select(category => category.Title)];
        }
    }

    public void AddEmptyCategory(string productId, string title)
    {
        lock (_gate)
        {
            _emptyCategories.Add((productId, title));
        }
    }

    public bool RemoveEmptyCategory(string productId, string title)
    {
        lock (_gate)
        {
            return _emptyCategories.Remove((productId, title));
        }
    }

    public void Import(ImportedCustomer customer)
    {
        lock (_gate)
        {
            _importedCustomers.Add(customer);
        }
    }

    /// <summary>The imported customer with this key, of this product if one is named.</summary>
    public ImportedCustomer? FindImported(string? productId, string licenseKey)
    {
        lock (_gate)
        {
            return _importedCustomers.Find(customer =>
                (productId is null || customer.ProductId == productId)
                && customer.License.Key.Equals(licenseKey, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Reads or changes an imported customer's license, one caller at a time.</summary>
    public T WithLicense<T>(Func<T> act)
    {
        lock (_gate)
        {
            return act();
        }
    }
}

/// <summary>Texts of a product.</summary>
/// <param name="Tags">Words it is found by.</param>
/// <param name="Summary">What the buyer gets, in a line.</param>
/// <param name="Receipt">Added to the receipt.</param>
/// <param name="Content">Pages the buyer sees, as they were given.</param>
internal sealed record ProductTexts(IReadOnlyList<string> Tags, string? Summary, string? Receipt, JsonArray Content)
{
    public static ProductTexts None { get; } = new([], null, null, []);
}
