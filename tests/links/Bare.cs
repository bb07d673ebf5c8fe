using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Latchkey.Links;

/// <summary>The same two round trips with nothing behind them: takes a link's order, forgets it, answers as Latchkey does.</summary>
internal static class Bare
{
    private const string Token = "06f1m5p0c4q2v8t3r7x9k1n5bd8t3r7x9k1n5bd06f1m5p";

    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapPost("/v1/tenants/{tenant}/purchase-links", async (string tenant, HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
            var at = $"http://{http.Request.Host}";
            return Results.Text(
                $$"""
                {"id":"pln_06f1m5p0c4q2v8t3r7x9k1n5bd","url":"{{at}}/go/{{tenant}}/{{Token}}","wait_url":"{{at}}/wait/{{tenant}}/{{Token}}",
                "expires_at":"2026-03-14T10:26:53Z","state":"open","reason":null,"strength":"token","subject":"user:1","return_url":"https://app.example/buy",
                "purchase":null,"candidates":[],"created_at":"2026-03-14T09:26:53Z","opened_at":null,"redeemed_at":null,"terms":{"gumroad_product":"kbdwiz",
                "variant":null,"recurrence":null,"min_price_usd_cents":4900,"pricing_currency":null,"quantity":1,"gift":false,"product":null,"key_type":null,
                "refund_repeats":false,"percent_off":0,"name":null,"description":null,"price_cents":null} }
                """,
                "application/json",
                statusCode: StatusCodes.Status201Created);
        });
        app.MapGet("/go/{tenant}/{token}", (HttpContext http) =>
        {
            http.Response.Headers.Location = "https://gumroad.com/l/kbdwiz?price=49&wanted=true&latchkey=lk" + Token;
            return Results.StatusCode(StatusCodes.Status302Found);
        });
        await app.RunAsync();
    }
}
