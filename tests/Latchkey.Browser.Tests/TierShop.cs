using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using TierApp;
using static Microsoft.Playwright.Assertions;

namespace Latchkey.Browser.Tests;

/// <summary>The sample with three tiers, its demo, and a browser.</summary>
public sealed class TierShop : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private TierApp.Demo _demo = null!;
    private WebApplication _app = null!;

    /// <summary>Between Latchkey and the app with its pages.</summary>
    internal TierLine Line { get; private set; } = null!;

    internal Chromium Browser { get; private set; } = null!;

    internal string Address => _app.Urls.First() + "/";

    internal string SellerPage => new Uri(_demo.Gumroad.Address, "seller").ToString();

    public async ValueTask InitializeAsync()
    {
        Browser = await Chromium.OpenAsync();
        _demo = await TierApp.Demo.OpenAsync(new()
        {
            PingSpeed = 100,
            StartAt = TimeProvider.System.GetUtcNow().AddDays(-1), // so that its clock can be moved, and is never ahead of Latchkey's
            Products = [TierApp.Demo.Membership],
        });
        Line = new TierLine(new Uri(_demo.Settings.Server));
        _app = TierSite.Build(["--urls", "http://127.0.0.1:0"], _demo.Settings with { Server = Line.Address });
        await _app.StartAsync();
        await _demo.AllowAsync(_app.Urls);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Line.DisposeAsync();
        await _demo.DisposeAsync();
        await Browser.DisposeAsync();
    }

    internal async Task SignInAsync(IPage page, string name)
    {
        await page.GotoAsync(Address);
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await TierIsAsync(page, "free");
    }

    /// <summary>A quarter of an hour passes at Gumroad, which tells times to the second.</summary>
    internal Task LaterAsync() => _demo.Gumroad.AdvanceAsync(TimeSpan.FromMinutes(15));

    internal static Task TierIsAsync(IPage page, string tier) =>
        Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Tier: " + tier, new() { Timeout = (float)Patience.TotalMilliseconds });

    /// <summary>Fills the checkout's form and presses Pay.</summary>
    internal static async Task PayAsync(IPage checkout, string email)
    {
        await checkout.GetByLabel("E-mail").FillAsync(email);
        await checkout.GetByRole(AriaRole.Button, new() { Name = "Pay" }).ClickAsync();
        await Expect(checkout.GetByRole(AriaRole.Heading, new() { Name = "Thank you" })).ToBeVisibleAsync();
    }

    /// <summary>Until Latchkey says so, also to those whose line is cut.</summary>
    internal async Task WhenMayAsync(string subject, string entitlement)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(_demo.Settings.Server) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _demo.Settings.Token);
        while (!(await http.GetStringAsync("/v1/tenants/studio/entitlements/" + subject, patience.Token)).Contains($"\"{entitlement}\"", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
        }
    }
}
