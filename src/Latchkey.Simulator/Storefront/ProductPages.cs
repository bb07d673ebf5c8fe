namespace Latchkey.Simulator.Storefront;

/// <summary>What is for sale: all of it, and one product.</summary>
internal static class ProductPages
{
    public static Html All(IReadOnlyList<SimulatedProduct> products) => Layout.Page("Products", Html.Of($"""
        <h1>Products</h1>
        <p class="soft">A simulated Gumroad. No money moves here: buy whatever you like, and see at the <a href="/seller/pings">seller's pings</a> what a receiver gets.</p>
        {Html.If(products.Count == 0, () => Html.Of($"""<p>Nothing is for sale.</p>"""))}
        <ul class="cards">{Html.Each(products, Card)}</ul>
        """));

    public static Html One(SimulatedProduct product, IReadOnlyList<SimulatedProduct> contents, CheckoutForm form, string checkout) => Layout.Page(product.Name, Html.Of($"""
        <h1>{product.Name}</h1>
        <div class="columns">
        <div>
        {Html.If(product.Description.Length > 0, () => Html.Of($"<p>{product.Description}</p>"))}
        {Notes(product)}
        {Html.If(contents.Count > 0, () => Contents(contents))}
        {Html.Each(product.Variants, category => Choices(category, product))}
        {UrlParams(form.UrlParams)}
        </div>
        <div class="card sticky">
        <p class="price">{Price(product)}</p>
        {Html.If(form.OfferCode.Length > 0, () => Html.Of($"<p>Discount code: <strong>{form.OfferCode}</strong></p>"))}
        {Html.If(product.IsPublished, () => Html.Of($"""<a class="button main" href="{checkout}">I want this!</a>"""))}
        {Html.If(!product.IsPublished, () => Html.Of($"""<p class="soft">Not for sale at the moment.</p>"""))}
        </div>
        </div>
        """), "");

    /// <summary>What a buyer should know before.</summary>
    public static Html Notes(SimulatedProduct product)
    {
        var notes = NotesOf(product).ToList();
        return Html.If(notes.Count > 0, () => Html.Of($"""<div class="note">{Html.Each(notes, note => Html.Of($"<p>{note}</p>"))}</div>"""));
    }

    public static Html Contents(IReadOnlyList<SimulatedProduct> contents) => Html.Of($"""
        <h2>In this bundle</h2>
        <ul>{Html.Each(contents, part => Html.Of($"""<li><a href="{Addresses.Product(part)}">{part.Name}</a></li>"""))}</ul>
        """);

    /// <summary>The parameters of the page's address that will come back in the ping.</summary>
    public static Html UrlParams(IReadOnlyDictionary<string, string> urlParams) => Html.If(urlParams.Count > 0, () => Html.Of($"""
        <section class="card" aria-label="URL parameters">
        <h2>URL parameters</h2>
        <p class="soft small">From this page's address. The sale's ping brings them back.</p>
        <table class="pairs"><tbody>{Html.Each(urlParams, pair => Html.Of($"<tr><td>url_params[{pair.Key}]</td><td>{pair.Value}</td></tr>"))}</tbody></table>
        </section>
        """));

    /// <summary>The price in words, the lowest where there are several.</summary>
    public static string Price(SimulatedProduct product)
    {
        var prices = product.Variants.Count == 1
            ? [.. product.Variants[0].Choices.Select(choice => choice.PriceUsdCents ?? product.PriceUsdCents)]
            : new List<int> { product.PriceUsdCents };
        var amount = Words.Dollars(prices.Min()) + (product.Recurrence is { } recurrence ? " " + Words.Per(recurrence) : "");
        return product.IsPayWhatYouWant ? prices.Min() == 0 ? "Pay what you want" : amount + " or more" : prices.Max() > prices.Min() ? "From " + amount : amount;
    }

    private static Html Card(SimulatedProduct product) => Layout.Card(Addresses.Product(product), product.Name, Html.Of($"""
        <span class="soft">{product.Description}</span><span class="tags">{Html.Each(Kinds(product), kind => Layout.Tag(kind))}</span><span class="price">{Price(product)}</span>
        """));

    private static Html Choices(VariantCategory category, SimulatedProduct product) => Html.Of($"""
        <h2>{(category.Title.Length > 0 ? category.Title : "Versions")}</h2>
        <ul class="plain">{Html.Each(category.Choices, choice => Html.Of($"""<li class="row"><span>{choice.Name}</span> <span class="soft">{ChoicePrice(choice, product)}</span></li>"""))}</ul>
        """);

    /// <summary>One choice's price, of a tier for each recurrence that has its own.</summary>
    public static string ChoicePrice(VariantChoice choice, SimulatedProduct product) => product.Recurrence is not { } usual
        ? Words.Dollars(choice.PriceUsdCents ?? product.PriceUsdCents)
        : string.Join(" or ", choice.RecurrencePrices
            .Where(price => price.Key != usual && product.OtherRecurrences.Contains(price.Key))
            .Select(price => $"{Words.Dollars(price.Value)} {Words.Per(price.Key)}")
            .Prepend($"{Words.Dollars(choice.PriceUsdCents ?? product.PriceUsdCents)} {Words.Per(usual)}"));

    private static IEnumerable<string> Kinds(SimulatedProduct product)
    {
        (bool Is, string Name)[] kinds =
        [
            (product.IsMembership, "membership"), (product.IsMultiseat, "seats"), (product.FreeTrialDays is not null, "free trial"),
            (product.IsLicensed, "license key"), (product.BundleContents.Count > 0, "bundle"), (product.ReleaseAt is not null, "pre-order"),
            (product.ShippingRateUsdCents is not null, "shipped"), (product.Installments is not null, "installments"),
            (product.IsPayWhatYouWant, "name your price"), (product.CustomFields.Count > 0, "asks questions"),
        ];
        return kinds.Where(kind => kind.Is).Select(kind => kind.Name);
    }

    private static IEnumerable<string> NotesOf(SimulatedProduct product)
    {
        if (product.FreeTrialDays is { } days)
        {
            yield return $"Free for {Words.Number(days)} days. The first charge comes after that.";
        }

        if (product.ReleaseAt is { } release)
        {
            yield return $"A pre-order: charged and delivered on {Words.Day(release)}.";
        }

        if (product.ChargeCount is { } charges)
        {
            yield return $"Ends by itself after {Words.Number(charges)} payments.";
        }

        if (product.ShippingRateUsdCents is { } shipping)
        {
            yield return shipping == 0 ? "Sent by post, free of charge." : $"Sent by post for {Words.Dollars(shipping)}.";
        }
    }
}
