using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Latchkey.AspNetCore;
using Latchkey.AspNetCore.PurchaseLinks;
using Latchkey.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Server.Tests.PurchaseLinks;

/// <summary>docs/how-to/sell-one-thing-to-one-user.md: what it shows is what is compiled, and what the sample runs.</summary>
public sealed partial class SellOneThingPageTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(SourceTree.Project, "..", ".."));
    private static readonly string Page = Text(Path.Combine(Root, "docs", "how-to", "sell-one-thing-to-one-user.md"));

    [Fact]
    public void The_csharp_on_the_page_is_compiled() =>
        Assert.Contains(Plain(Assert.Single(Code("csharp"))), Plain(Text(Here())), StringComparison.Ordinal);

    [Fact]
    public void The_javascript_on_the_page_is_the_samples()
    {
        var sample = string.Concat(new[] { "latchkey.js", "server.js" }.Select(file => Plain(Text(Path.Combine(ExpressWall.Sample, file)))));
        var shown = Code("js");
        Assert.Equal(3, shown.Count);
        Assert.All(shown, code => Assert.Contains(Plain(code), sample, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_app_on_the_page_has_its_two_addresses()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddSingleton<Stars>();
        await using var app = Build(builder);
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText).ToList();
        Assert.Contains("/buy/{star}", routes);
        Assert.Contains("/bought", routes);
    }

    private static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddLatchkey().UseSqlite().AddPurchaseLinks();
        var app = builder.Build();
        app.MapLatchkey();
        app.MapPost("/buy/{star}", (string star, HttpContext http) => http.PurchaseAsync(new Order(star), new()
        {
            GumroadProduct = "star", Subject = "user:" + http.User.Identity!.Name, MinPriceUsdCents = 500,
        }));
        app.MapPurchaseReturn("/bought", (PurchaseResult result, Stars stars) => result.Succeeded
            ? Results.Text(stars.Sell(result.IdempotencyKey!, result.GetData<Order>()!, result.Subject!))
            : Results.Text("Not bought: " + result.Error));

        return app;
    }

    private static List<string> Code(string language) => [.. Block().Matches(Page).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value)];

    private static string Plain(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    private static string Text(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex("```(\\w+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    private sealed record Order(string Star);

    /// <summary>The page's reader has one of his own.</summary>
    private sealed class Stars
    {
        private readonly ConcurrentDictionary<string, string> _sold = new(StringComparer.Ordinal);

        public string Sell(string key, Order order, string to) => _sold.GetOrAdd(key, $"{order.Star} is sold to {to}.");
    }
}
