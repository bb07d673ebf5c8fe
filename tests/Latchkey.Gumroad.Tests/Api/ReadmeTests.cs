using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Latchkey.Gumroad.Api;
using Latchkey.Gumroad.Events;
using Latchkey.Gumroad.Pings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Latchkey.Gumroad.Tests.Api;

/// <summary>The code in the package's README stands here too, so that it is known to compile and to work.</summary>
public partial class ReadmeTests
{
    [Fact]
    public void Every_snippet_of_the_README_is_compiled_here()
    {
        var source = Plain(File.ReadAllText(Here()));
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/Latchkey.Gumroad/README.md"));
        var snippets = Snippet().Matches(readme);

        Assert.Equal(4, snippets.Count);
        Assert.All(snippets, snippet => Assert.Contains(Plain(Using().Replace(snippet.Groups[1].Value, "")), source, StringComparison.Ordinal));
        var shown = Using().Matches(snippets[0].Groups[1].Value).Select(match => match.Value).ToList();
        Assert.Equal(5, shown.Count);
        Assert.All(shown, line => Assert.Contains(line, source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pings_are_received()
    {
        var stored = new List<string>();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        MapPings(app, Encoding.UTF8.GetBytes("3f9a"), text => { stored.Add(text); return Task.CompletedTask; });
        await app.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("/pings/guess", "02_"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/pings/3f9a", "02_"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/pings/3f9a", "18_"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/pings/3f9a", "25_"));

        Assert.Equal(2, stored.Count);
        Assert.StartsWith("sold ", stored[0], StringComparison.Ordinal);
        Assert.StartsWith("refunded ", stored[1], StringComparison.Ordinal);

        async Task<HttpStatusCode> PostAsync(string path, string name)
        {
            using var body = new ByteArrayContent(PingCase.OfForm(name).Body);
            body.Headers.ContentType = new(PingCase.Form);
            return (await http.PostAsync(path, body)).StatusCode;
        }
    }

    private static void MapPings(WebApplication app, byte[] pingSecret, Func<string, Task> store)
    {
        app.MapPost("/pings/{secret}", async (string secret, HttpRequest request, CancellationToken ct) =>
        {
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), pingSecret))
            {
                return Results.NotFound();
            }

            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, ct);
            if (PingDecoder.Decode(body.ToArray(), request.ContentType) is not PingDecoding.Decoded ping)
            {
                return Results.BadRequest();
            }

            switch (EventReader.Read(ping.Root))
            {
                case EventReading.Understood { Event: SaleEvent sale }:
                    await store($"sold {sale.ProductName} to {sale.Email}, key {sale.LicenseKey}");
                    break;
                case EventReading.Understood { Event: RefundEvent { Refunded: true } refund }:
                    await store($"refunded {refund.SaleId}");
                    break;
                case EventReading.Rehearsal:
                    break;      // the "send test ping" button replays a real purchase: issue nothing
            }

            return Results.Ok();
        });
    }

    // The three below would ask the real Gumroad, or a simulator; their calls are run against its answers in the other tests.
    internal static async Task<string> VerifyAsync(string productId, string licenseKey, DateTimeOffset now, CancellationToken ct)
    {
        using var gumroad = new GumroadClient(new GumroadClientOptions());
        var verification = await gumroad.Licenses.VerifyAsync(productId, licenseKey, IncrementUses.No, ct);
        var answer = verification switch
        {
            LicenseVerification.Valid(_, var purchase) when purchase.IsEntitled(now) => "welcome",
            LicenseVerification.Valid => "refunded, charged back, or the membership has ended",
            LicenseVerification.ImportedCustomer => "welcome back",
            LicenseVerification.Disabled or LicenseVerification.AccessRevoked => "this key was blocked",
            _ => "no such key for this product",
        };
        return answer;
    }

    internal static async Task ListAsync(string accessToken, CancellationToken ct)
    {
        using var gumroad = new GumroadClient(accessToken);
        var march = new SalesQuery { After = new DateOnly(2026, 3, 1), Before = new DateOnly(2026, 4, 1) };
        await foreach (var sale in gumroad.Sales.ListAsync(march, ct))
        {
            Console.WriteLine($"{sale.CreatedAt:yyyy-MM-dd} {sale.ProductName} {sale.PriceUsdCents / 100m:0.00} USD");
        }
    }

    internal static void Simulate()
    {
        var simulated = new GumroadClientOptions { ApiUrl = new Uri("http://127.0.0.1:5081/v2/"), AccessToken = "TOKEN" };
        using var gumroad = new GumroadClient(simulated);
    }

    private static string Here([CallerFilePath] string path = "") => path;

    /// <summary>Without indentation.</summary>
    private static string Plain(string code) => string.Join('\n', code.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex("^using [A-Za-z.]+;\n", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
