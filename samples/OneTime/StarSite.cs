using System.Security.Claims;
using Latchkey.AspNetCore;
using Latchkey.AspNetCore.PurchaseLinks;
using Latchkey.Sqlite;
using Microsoft.AspNetCore.Authentication;

namespace OneTime;

/// <summary>An app that lets its users name a star, once for each payment. Latchkey runs inside it.</summary>
internal static class StarSite
{
    private const int LongestName = 32;

    /// <param name="args">Settings as <c>--Key value</c>.</param>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Services.AddSingleton<StarRegister>();
        builder.Services.AddAuthentication("sample").AddCookie("sample");
        builder.Services.AddLatchkey().UseSqlite().AddPurchaseLinks();

        var app = builder.Build();
        app.MapLatchkey();
        app.MapGet("/", (ClaimsPrincipal user, StarRegister register) => StarPages.Start(user.Identity?.Name, register.Sold));
        app.MapPost("/sign-in", SignInAsync);
        app.MapPost("/buy", BuyAsync);
        app.MapPurchaseReturn("/bought", Bought);
        return app;
    }

    private static async Task<IResult> BuyAsync(HttpRequest request, ClaimsPrincipal user)
    {
        var form = await request.ReadFormAsync();
        var order = new StarOrder(form["star"].ToString(), form["name"].ToString().Trim());
        if (user.Identity?.Name is not { } name || !StarRegister.Stars.Contains(order.Star) || order.Name.Length is 0 or > LongestName)
        {
            return Results.LocalRedirect("/");
        }

        return await request.HttpContext.PurchaseAsync(order, new PurchaseLinkOrder
        {
            GumroadProduct = "star",
            Subject = "user:" + name,
            MinPriceUsdCents = 500,
        });
    }

    /// <summary>The one place where a purchase arrives: with its user and his data, once. Who is signed in does not matter here.</summary>
    private static IResult Bought(PurchaseResult result, StarRegister register)
    {
        if (!result.Succeeded)
        {
            return StarPages.NotBought(result.Error!);
        }

        var owner = result.Subject!["user:".Length..];
        return StarPages.Bought(register.Enter(result.IdempotencyKey!, result.GetData<StarOrder>()!, owner));
    }

    /// <summary>This is a sample: it believes every name. Yours asks for a password, and its users have ids.</summary>
    private static async Task<IResult> SignInAsync(HttpRequest request)
    {
        var name = (await request.ReadFormAsync())["name"].ToString().Trim().ToLowerInvariant();
        if (name.Length is 0 or > LongestName || !name.All(char.IsAsciiLetterOrDigit))
        {
            return Results.BadRequest("A name is 1 to 32 letters and digits.");
        }

        await request.HttpContext.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "sample")));
        return Results.LocalRedirect("/");
    }
}
