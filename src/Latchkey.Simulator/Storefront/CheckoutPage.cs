namespace Latchkey.Simulator.Storefront;

/// <summary>The checkout of one product.</summary>
internal static class CheckoutPage
{
    private static readonly Html Script = new("""<script src="/checkout.js" defer></script>""");

    /// <summary>Keeps the total true while the buyer chooses. Without it the button below the total does.</summary>
    public const string ScriptText = """
        const form = document.querySelector("form[data-total]");
        const pay = document.getElementById("pay");
        let latest = 0;
        form.addEventListener("change", async () => {
          const mine = ++latest;
          const answer = await fetch(form.dataset.total, { method: "POST", body: new URLSearchParams(new FormData(form)) });
          if (answer.ok && mine === latest) {
            document.getElementById("summary").innerHTML = await answer.text();
            pay.textContent = document.getElementById("total").dataset.pay;
          }
        });
        """;

    public static Html Of(SimulatedProduct product, IReadOnlyList<SimulatedProduct> contents, CheckoutForm form, Quote quote, string? problem = null) => Layout.Page("Checkout", Html.Of($"""
        <h1>Checkout</h1>
        <form method="post" action="{Addresses.Checkout(product)}" data-total="{Addresses.Checkout(product)}/total">
        {Html.Each(form.UrlParams, pair => Html.Of($"{Layout.Hidden(CheckoutForm.ParamName, pair.Key)}{Layout.Hidden(CheckoutForm.ParamValue, pair.Value)}"))}
        <div class="columns">
        <div>
        {Layout.Alert(problem)}
        <div class="card">{Buyer(form)}{Choices(product, form)}</div>
        {Html.If(product.CustomFields.Count > 0, () => Html.Of($"""<div class="card"><h2>Questions</h2>{Html.Each(Enumerable.Range(0, product.CustomFields.Count), i => Question(product.CustomFields[i], i, form))}</div>"""))}
        {Html.If(product.ShippingRateUsdCents is not null, () => Shipping(form.Shipping))}
        {Developer(form)}
        {ProductPages.UrlParams(form.UrlParams)}
        </div>
        <div class="card sticky">
        <h2><a href="{Addresses.Product(product)}">{product.Name}</a></h2>
        {ProductPages.Notes(product)}
        {Html.If(contents.Count > 0, () => Html.Of($"""<p class="soft">With {string.Join(", ", contents.Select(part => part.Name))}.</p>"""))}
        <div id="summary" aria-live="polite">{quote.Summary()}</div>
        <button class="main" id="pay">{quote.PayText}</button>
        <noscript><p class="actions"><button formaction="{Addresses.Checkout(product)}/update" formnovalidate>Update the total</button></p></noscript>
        <p class="soft small">No money moves: this shop is a simulator.</p>
        </div>
        </div>
        </form>
        """), head: Script);

    private static Html Buyer(CheckoutForm form) => Html.Of($"""
        {Fields.Input("E-mail", "email", form.Email, new("type=\"email\" autocomplete=\"email\" required"))}
        {Fields.Input("Name", "full_name", form.FullName, new("autocomplete=\"name\""))}
        <div class="gift">
        {Fields.Check("Give it to somebody else, as a gift", "is_gift", form.IsGift)}
        <div class="giftee">{Fields.Input("Receiver's address", "giftee", form.GifteeEmail, new("type=\"email\""), hint: "The key and all pings are the receiver's; you pay and stay the giver.")}</div>
        </div>
        """);

    private static Html Choices(SimulatedProduct product, CheckoutForm form) => Html.Of($"""
        {Html.Each(Enumerable.Range(0, product.Variants.Count), i => Variant(product, i, form))}
        {Html.If(product.Recurrences.Count > 1, () => Fields.Choices("How often", "recurrence", form.Recurrence, product.Recurrences.Select(each => (each, Words.Often(each), ""))))}
        {Html.If(product.IsPayWhatYouWant, () => Fields.Input("Your price in dollars", "price", form.Price, new("inputmode=\"decimal\" required"), hint: $"{Words.Dollars(product.PriceUsdCents)} or more, for everything together."))}
        {Fields.Input(product.IsMultiseat ? "Seats" : "Quantity", "quantity", form.Quantity, new("type=\"number\" min=\"1\" max=\"1000\" required"))}
        {Html.If(product.Installments is not null, () => Fields.Check($"Pay in {Words.Number(product.Installments!.Value)} monthly installments", "installments", form.InInstallments))}
        {Fields.Input("Discount code", "code", form.OfferCode, new("autocomplete=\"off\" autocapitalize=\"characters\""))}
        """);

    private static Html Variant(SimulatedProduct product, int i, CheckoutForm form)
    {
        var category = product.Variants[i];
        return Fields.Choices(
            category.Title.Length > 0 ? category.Title : "Version",
            CheckoutForm.Variant + Words.Number(i),
            form.Variants[i],
            category.Choices.Select(choice => (choice.Name, choice.Name, ProductPages.ChoicePrice(choice, product))));
    }

    private static Html Question(CheckoutField field, int i, CheckoutForm form)
    {
        var name = CheckoutForm.Field + Words.Number(i);
        return field switch
        {
            { IsBoolean: true } => Fields.Check(field.Name, name, form.CustomFields[i] == "true", field.Required),
            { Type: "long_text" } => Fields.Long(field.Name, name, form.CustomFields[i], field.Required),
            { Type: "file" } => Html.Of($"""<p class="soft">{field.Name}: files are not sent to a simulator; Gumroad's pings do not carry them either.</p>"""),
            _ => Fields.Input(field.Name, name, form.CustomFields[i], Fields.Attribute("required", field.Required)),
        };
    }

    private static Html Shipping(ShippingAddress to) => Html.Of($"""
        <div class="card"><h2>Where to send it</h2>
        {Fields.Input("Receiver", "ship.name", to.FullName, new("autocomplete=\"shipping name\" required"))}
        {Fields.Input("Street and house", "ship.street", to.StreetAddress, new("autocomplete=\"shipping street-address\" required"))}
        {Fields.Input("City", "ship.city", to.City, new("autocomplete=\"shipping address-level2\" required"))}
        {Fields.Input("State", "ship.state", to.State, new("autocomplete=\"shipping address-level1\""))}
        {Fields.Input("Postal code", "ship.zip", to.ZipCode, new("autocomplete=\"shipping postal-code\" required"))}
        {Fields.Input("Country", "ship.country", to.Country, new("autocomplete=\"shipping country-name\" required"))}
        </div>
        """);

    private static Html Developer(CheckoutForm form) => Html.Of($"""
        <details class="card">
        <summary>As a developer</summary>
        <p class="soft small">What buyers do not see, but pings show.</p>
        {Fields.Check("Paid by PayPal", "paypal", form.PaysByPayPal, hint: "card[visual] is then the buyer's address.")}
        {Fields.Check("The buyer has a Gumroad account", "has_account", form.HasAccount, hint: "Adds purchaser_id and user_id.")}
        {Fields.Check("I am the seller: a test purchase", "is_test", form.IsTest, hint: "Adds test=true. Nothing is charged.")}
        {Fields.Check("Found in Gumroad's own shop (Discover)", "discover", form.ThroughDiscover, hint: "A higher fee, and discover_fee_charged=true.")}
        {Fields.Check("Does not want to be written to", "no_contact", !form.CanContact, hint: "can_contact=false.")}
        {Fields.Input("Affiliate's address", "affiliate", form.Affiliate, new("type=\"email\""))}
        {Fields.Input("Referrer", "referrer", form.Referrer, hint: "direct, an address, or nothing.")}
        {Fields.Input("Country of the buyer's IP address", "ip_country", form.IpCountry, hint: "In English; nothing if unknown.")}
        </details>
        """);
}
