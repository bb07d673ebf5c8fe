using System.Globalization;
using Latchkey.Simulator.Checkout;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Latchkey.Simulator.Storefront;

/// <content>Filled from a page's address, or from what was posted.</content>
internal sealed partial record CheckoutForm
{
    // Inputs are numbered: the seller's names and the visitor's parameters can be anything, also names of our own inputs.
    public const string Variant = "variant.";
    public const string Field = "field.";
    public const string ParamName = "param_name";
    public const string ParamValue = "param_value";

    private static readonly string[] Everyones =
    [
        "email", "full_name", "quantity", "price", "recurrence", "code", "installments", "is_gift", "giftee",
        "ship.name", "ship.street", "ship.city", "ship.state", "ship.zip", "ship.country",
        "paypal", "has_account", "is_test", "discover", "no_contact", "affiliate", "referrer", "ip_country", ParamName, ParamValue,
    ];

    /// <summary>What the address preselects; the rest of it are the parameters that come back in the ping.</summary>
    public static CheckoutForm Preselected(SimulatedProduct product, QueryString query, string? code = null)
    {
        var given = Pairs(query);
        var option = given.GetValueOrDefault("option");
        return new CheckoutForm
        {
            Email = given.GetValueOrDefault("email", ""),
            Quantity = given.GetValueOrDefault("quantity") is { } quantity && Number(quantity) is > 0 ? quantity : "1",
            Price = given.GetValueOrDefault("price") is { } price && Words.Cents(price) is not null ? price : Words.Amount(product.SuggestedPriceUsdCents ?? product.PriceUsdCents),
            Recurrence = product.Recurrences.Contains(given.GetValueOrDefault("recurrence")) ? given["recurrence"] : product.Recurrence ?? "",
            OfferCode = code ?? given.GetValueOrDefault("code", ""),
            Variants = [.. product.Variants.Select(category =>
                (category.Choices.FirstOrDefault(choice => string.Equals(choice.Name, option, StringComparison.OrdinalIgnoreCase)) ?? category.Choices[0]).Name)],
            CustomFields = [.. product.CustomFields.Select(field => field.IsBoolean ? "false" : "")],
            InInstallments = given.GetValueOrDefault("pay_in_installments") == "true",
            ThroughDiscover = given.GetValueOrDefault("recommended_by") == "discover",
            Referrer = given.GetValueOrDefault("referrer", "direct"),
            UrlParams = Kept(given),
        };
    }

    public static CheckoutForm Posted(SimulatedProduct product, IFormCollection form) => new()
    {
        Email = Text(form, "email"),
        FullName = Text(form, "full_name"),
        Quantity = Text(form, "quantity"),
        Price = Text(form, "price"),
        Recurrence = Text(form, "recurrence"),
        OfferCode = Text(form, "code"),
        Variants = [.. product.Variants.Select((category, i) => form.ContainsKey(Variant + Words.Number(i)) ? Text(form, Variant + Words.Number(i)) : category.Choices[0].Name)],
        CustomFields = [.. product.CustomFields.Select((field, i) => Answer(form, field, Field + Words.Number(i)))],
        Shipping = new ShippingAddress(
            Text(form, "ship.name"), Text(form, "ship.street"), Text(form, "ship.city"), Text(form, "ship.state"), Text(form, "ship.zip"), Text(form, "ship.country")),
        InInstallments = IsOn(form, "installments"),
        IsGift = IsOn(form, "is_gift"),
        GifteeEmail = Text(form, "giftee"),
        PaysByPayPal = IsOn(form, "paypal"),
        HasAccount = IsOn(form, "has_account"),
        IsTest = IsOn(form, "is_test"),
        ThroughDiscover = IsOn(form, "discover"),
        CanContact = !IsOn(form, "no_contact"),
        Affiliate = Text(form, "affiliate"),
        Referrer = Text(form, "referrer"),
        IpCountry = Text(form, "ip_country"),
        UrlParams = ByName(form[ParamName].Select(name => name ?? ""), [.. form[ParamValue].Select(value => value ?? "")]),
    };

    /// <summary>Refuses names that mean nothing here, which only somebody without a browser can send.</summary>
    /// <exception cref="ArgumentException">There is such a name; the message lists the others.</exception>
    public static void AllowOnlyFields(SimulatedProduct product, IFormCollection form)
    {
        string[] known =
        [
            .. Everyones,
            .. product.Variants.Select((_, i) => Variant + Words.Number(i)),
            .. product.CustomFields.Select((_, i) => Field + Words.Number(i)),
        ];
        if (form.Keys.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new ArgumentException($"There is no field '{unknown}' here; there are: {string.Join(", ", known)}.");
        }
    }

    /// <summary>The pairs of a query. Names differ by case, and of repeated ones the last value stands.</summary>
    public static Dictionary<string, string> Pairs(QueryString query)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            pairs[pair.DecodeName().ToString()] = pair.DecodeValue().ToString();
        }

        return pairs;
    }

    private static Dictionary<string, string> Kept(IReadOnlyDictionary<string, string> given) =>
        UrlParameters.Of(new BuyOrder { Permalink = "", Email = "", UrlParams = given }).ToDictionary(pair => pair.Key, pair => pair.Value[^1]);

    private static string Answer(IFormCollection form, CheckoutField field, string name) =>
        field.IsBoolean ? IsOn(form, name) ? "true" : "false" : Text(form, name);

    private static string Text(IFormCollection form, string name) => form[name].LastOrDefault()?.Trim() ?? "";

    private static bool IsOn(IFormCollection form, string name) => form[name].LastOrDefault() == "true";

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
