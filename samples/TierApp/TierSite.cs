using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace TierApp;

/// <summary>A writing app with three tiers: everybody writes, pros export, influencers make share cards.</summary>
internal static class TierSite
{
    private const int LongestName = 32;

    /// <param name="args">Settings as <c>--Key value</c>.</param>
    /// <param name="settings">Null reads them from the configuration.</param>
    public static WebApplication Build(string[] args, TierSettings? settings = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http", LogLevel.Warning);
        settings ??= TierSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.AddHttpClient<LatchkeyApi>(http =>
        {
            http.BaseAddress = new Uri(settings.Server.TrimEnd('/') + "/");
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token);
        });
        builder.Services.AddAuthentication("sample").AddCookie("sample");

        var app = builder.Build();
        app.MapGet("/", () => Results.File(Path.Combine(AppContext.BaseDirectory, "page.html"), "text/html; charset=utf-8"));
        app.MapPost("/sign-in", SignInAsync);
        app.MapPost("/sign-out", (Delegate)SignOutAsync);
        app.MapGet("/me", Me);
        app.MapPost("/token", TokenAsync);
        app.MapPost("/export", ExportAsync).AddEndpointFilter(Needs("export"));
        app.MapPost("/card", CardAsync).AddEndpointFilter(Needs("promote"));
        return app;
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

    private static async Task<IResult> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync();
        return Results.LocalRedirect("/");
    }

    /// <summary>What the page has to know of whoever is signed in.</summary>
    private static IResult Me(ClaimsPrincipal user, TierSettings s) => user.Identity?.Name is not { } name ? Results.NoContent() : Results.Json(new
    {
        name,
        server = s.Server,
        tenant = s.Tenant,
        product = s.Product,
        subject = "user:" + name,
        buyPro = LatchkeyApi.CheckoutFor(name, s.BuyPro, s.SubjectSecret),
        buyInfluencer = LatchkeyApi.CheckoutFor(name, s.BuyInfluencer, s.SubjectSecret),
        changePlan = s.ChangePlan,
    });

    private static async Task<IResult> TokenAsync(ClaimsPrincipal user, LatchkeyApi latchkey, CancellationToken ct) =>
        user.Identity?.Name is { } name ? Results.Text(await latchkey.PageTokenAsync(name, ct)) : Results.Unauthorized();

    /// <summary>The page only shows who may do what; here is where it is decided.</summary>
    private static Func<EndpointFilterInvocationContext, EndpointFilterDelegate, ValueTask<object?>> Needs(string entitlement) => async (context, next) =>
    {
        var http = context.HttpContext;
        var latchkey = http.RequestServices.GetRequiredService<LatchkeyApi>();
        return http.User.Identity?.Name is not { } name ? Results.Unauthorized()
            : await latchkey.MayAsync(name, entitlement, http.RequestAborted) ? await next(context)
            : Results.Problem($"This needs '{entitlement}'.", statusCode: StatusCodes.Status402PaymentRequired);
    };

    private static async Task<IResult> ExportAsync(HttpRequest request) =>
        Results.File(System.Text.Encoding.UTF8.GetBytes(await DraftAsync(request)), "text/plain; charset=utf-8", "draft.txt");

    private static async Task<IResult> CardAsync(HttpRequest request)
    {
        var title = WebUtility.HtmlEncode((await DraftAsync(request)).Split('\n')[0].Trim());
        var card = $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="#3b4cca"/><text x="80" y="330" fill="#fff" font-family="serif" font-size="64">{title}</text></svg>""";
        return Results.File(System.Text.Encoding.UTF8.GetBytes(card), "image/svg+xml", "card.svg");
    }

    private static async Task<string> DraftAsync(HttpRequest request) => (await request.ReadFormAsync())["draft"].ToString();
}
