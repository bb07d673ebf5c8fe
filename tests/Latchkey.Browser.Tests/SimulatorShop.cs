using System.Net;
using Latchkey.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Latchkey.Browser.Tests;

/// <summary>A simulated Gumroad, something that takes its pings, and a browser.</summary>
public sealed class SimulatorShop : IAsyncLifetime
{
    private WebApplication _receiver = null!;

    internal GumroadSimulator Gumroad { get; private set; } = null!;

    internal Chromium Browser { get; private set; } = null!;

    /// <summary>Where the pages are kept as pictures, to be looked at.</summary>
    internal static string Pictures { get; } = Path.Combine(AppContext.BaseDirectory, "pictures");

    public async ValueTask InitializeAsync()
    {
        Browser = await Chromium.OpenAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _receiver = builder.Build();
        _receiver.Run(context => context.Response.WriteAsync("taken"));
        await _receiver.StartAsync();
        var options = new SimulatorOptions { PingSpeed = 20, Seed = 7, AllowPrivateAddresses = true };
        Gumroad = await GumroadSimulator.StartAsync(options.SubscribeAll(new Uri(_receiver.Urls.First() + "/pings")));
    }

    public async ValueTask DisposeAsync()
    {
        await Gumroad.DisposeAsync();
        await _receiver.DisposeAsync();
        await Browser.DisposeAsync();
    }

    internal string At(string path) => new Uri(Gumroad.Address, path).ToString();

    internal static Task PictureAsync(IPage page, string name) =>
        page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name + ".png"), FullPage = true });
}
