using Latchkey.Server.Demo;
using Microsoft.Playwright;

namespace Latchkey.Browser.Tests;

/// <summary>The running demo and a browser to look at it with.</summary>
public sealed class Demo : IAsyncLifetime
{
    /// <summary>A sale's ping comes after a tenth of a second.</summary>
    private const double Speed = 100;

    internal DemoHouse House { get; private set; } = null!;

    internal Chromium Browser { get; private set; } = null!;

    internal string Shop => House.Gumroad.Address.ToString();

    internal string SellerPage => new Uri(House.Gumroad.Address, "seller").ToString();

    internal string MailsPage => new Uri(House.Address, "mails").ToString();

    public async ValueTask InitializeAsync()
    {
        Browser = await Chromium.OpenAsync();
        House = await DemoHouse.OpenAsync(Speed, fixedPorts: false, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Browser.DisposeAsync();
    }

    /// <summary>Fills the checkout's form and presses Pay; the page is the receipt afterwards.</summary>
    internal async Task BuyAsync(IPage page, string email, string name, string productAndQuery = "inkwell", string? tier = null)
    {
        await page.GotoAsync(Shop + "checkout/" + productAndQuery);
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Name").FillAsync(name);
        if (tier is not null)
        {
            await page.GetByLabel(tier).CheckAsync();
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Pay" }).ClickAsync();
        await page.WaitForURLAsync(Shop + "purchases/**");
    }
}
