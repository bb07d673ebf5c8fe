namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>The sample that sells names of stars, its demo, and a browser.</summary>
public sealed class StarShop : IAsyncLifetime
{
    private OneTime.Demo _demo = null!;

    internal Chromium Browser { get; private set; } = null!;

    internal string SellerPage => new Uri(_demo.Gumroad.Address, "seller").ToString();

    internal string Address => _demo.App.Urls.First() + "/";

    public async ValueTask InitializeAsync()
    {
        Browser = await Chromium.OpenAsync();
        _demo = await OneTime.Demo.OpenAsync(
            new() { PingSpeed = 100, Products = [OneTime.Demo.Star], AllowPrivateAddresses = true },
            ["--urls", "http://127.0.0.1:0", "--Latchkey:PurchaseLinks:WaitForReturn", "00:00:01", "--Logging:LogLevel:Default", "Warning"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _demo.DisposeAsync();
        await Browser.DisposeAsync();
    }
}
