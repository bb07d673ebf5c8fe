using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>One whom the app has sent to pay.</summary>
/// <param name="Shop">Where he buys.</param>
/// <param name="Tab">The app's own, which nobody touches from here on unless a test says so.</param>
/// <param name="Link">As the app got it.</param>
internal sealed record Buyer(PurchaseShop Shop, IPage Tab, JsonNode Link)
{
    public const string Waits = "Waiting for your payment at Gumroad…";

    private static readonly float Patience = (float)PurchaseShop.Patience.TotalMilliseconds;

    public string Id => (string)Link["id"]!;

    public string CheckoutAddress => (string)Link["url"]!;

    public string WaitAddress => (string)Link["wait_url"]!;

    /// <summary>Opens the checkout in a tab of its own.</summary>
    public async Task<IPage> OpenCheckoutAsync()
    {
        var checkout = await Tab.RunAndWaitForPopupAsync(() => Tab.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Open the checkout") }).ClickAsync());
        await Expect(checkout.GetByRole(AriaRole.Heading, new() { Name = "Checkout" })).ToBeVisibleAsync(new() { Timeout = Patience });
        return checkout;
    }

    /// <summary>What the page that waits says, without having been touched.</summary>
    public Task IsToldAsync(string title) => IsToldAsync(Tab, title);

    /// <summary>The same in another tab.</summary>
    public static Task IsToldAsync(IPage tab, string title) =>
        Expect(tab.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync(new() { Timeout = Patience });

    /// <summary>The tab is in the app again, with what was paid and the app's own data.</summary>
    public Task IsBackAsync() => IsBackAsync(Tab);

    public Task IsBackAsync(IPage tab) => IsBackAsync(tab, $"paid by {Link["subject"]} for {Data}");

    public static async Task IsBackAsync(IPage tab, string with)
    {
        await IsToldAsync(tab, "Back in the app");
        await Expect(tab.GetByRole(AriaRole.Status)).ToHaveTextAsync(with);
    }

    public string Data => (Link["data"] ?? new JsonObject()).ToJsonString();

    public Task<JsonNode> ReadAsync() => Shop.SellerAsync(HttpMethod.Get, "/purchase-links/" + Id);

    /// <summary>At Latchkey, by and by: the state, and the reason if there is one.</summary>
    public Task IsAsync(string state) => PurchaseShop.UntilAsync(async () => await StateAsync() == state ? state : null, $"the link was not {state}");

    public async Task<string> StateAsync() => await ReadAsync() is var link ? $"{link["state"]} {link["reason"]}".Trim() : string.Empty;

    /// <summary>What was made for the link at Gumroad is gone again.</summary>
    public Task IsClearedAwayAsync() =>
        PurchaseShop.UntilAsync(async () => (await ReadAsync())["gumroad"] is { } made && (bool)made["removed"]! ? "gone" : null, "what was made for the link is still there");

    /// <summary>The seller says whose a purchase is.</summary>
    public Task AcceptAsync(string purchase) => Shop.SellerAsync(HttpMethod.Post, $"/purchase-links/{Id}/accept", new JsonObject { ["purchase"] = purchase });
}
