using Latchkey.AspNetCore;
using Latchkey.AspNetCore.PurchaseLinks;
using Latchkey.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Latchkey.Server.Tests.PurchaseLinks.InProcess;

/// <summary>Sending a user to pay, and what an app can do wrong.</summary>
public sealed class SendingTests
{
    [Fact]
    public async Task An_order_for_what_cannot_be_names_the_field()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        app.Order = app.Order with { Quantity = 0 };
        Assert.Equal(400, await app.BuyRefusedAsync());
    }

    [Fact]
    public async Task What_needs_Gumroads_api_says_so_where_there_is_no_token()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        var http = new DefaultHttpContext { RequestServices = app.Service<IServiceProvider>() };
        var refused = await Assert.ThrowsAsync<PurchaseLinkException>(
            () => http.PurchaseAsync(app.Order with { Strength = PurchaseLinkStrength.Code }));
        Assert.Equal("gumroad_token_missing", refused.Code);
    }

    [Fact]
    public async Task Which_return_is_meant_has_to_be_clear()
    {
        await using var app = await ReturnApp.StartAsync(ReturnApp.Never);
        var http = new DefaultHttpContext { RequestServices = app.Service<IServiceProvider>() };
        var open = await Assert.ThrowsAsync<InvalidOperationException>(() => http.PurchaseAsync(app.Order with { Return = null }));
        Assert.Contains("Several returns", open.Message, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() => http.PurchaseAsync(app.Order with { Return = "/nowhere?a=1" }));
        Assert.Contains("/nowhere:", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_returns_are_refused_where_they_are_mapped()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        await using var without = builder.Build();
        Assert.Throws<InvalidOperationException>(() => without.MapPurchaseReturn("/bought", (PurchaseResult result) => Results.Ok()));
        builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Services.AddLatchkey().UseSqlite().AddPurchaseLinks();
        await using var app = builder.Build();
        Assert.Throws<ArgumentException>(() => app.MapPurchaseReturn("/bought", () => Results.Ok()));
        Assert.Throws<ArgumentException>(() => app.MapPurchaseReturn("/bought/{item}", (PurchaseResult result, string item) => Results.Ok()));
    }

    [Theory]
    [InlineData("ClaimFor", "00:00:01")]
    [InlineData("WaitForReturn", "-00:00:01")]
    [InlineData("AnswerWithin", "01:00:00")]
    public void Bad_times_stop_the_start_with_a_sentence(string key, string value)
    {
        var builder = WebApplication.CreateBuilder(["--Latchkey:PurchaseLinks:" + key, value]);
        builder.Services.AddLatchkey().AddPurchaseLinks();
        using var services = builder.Services.BuildServiceProvider();
        var wrong = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<PurchaseLinkOptions>>().Value);
        Assert.Contains($"Latchkey:PurchaseLinks:{key} is {value}; use ", wrong.Message, StringComparison.Ordinal);
    }
}
