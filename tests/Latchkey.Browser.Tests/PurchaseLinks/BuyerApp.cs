using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Contracts.Leases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Latchkey.Browser.Tests.PurchaseLinks;

/// <summary>
/// Somebody's app, on an origin of its own and with nothing of Latchkey inside: it makes links over HTTP, sends its user to the page that
/// waits, and believes what he comes back with only by its signature.
/// </summary>
internal sealed class BuyerApp : IAsyncDisposable
{
    private readonly WebApplication _site;
    private readonly Func<HttpMethod, string, JsonNode?, Task<JsonNode>> _latchkey;
    private readonly TimeProvider _time;

    private BuyerApp(Func<HttpMethod, string, JsonNode?, Task<JsonNode>> latchkey, TimeProvider time)
    {
        (_latchkey, _time) = (latchkey, time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _site = builder.Build();
        _site.MapGet("/buy", BuyAsync);
        _site.MapGet("/return", ReturnAsync);
        _site.MapPost("/result", async (HttpRequest request) => await ToldAsync((await request.ReadFromJsonAsync<JsonNode>())!.ToString()));
        _site.MapGet("/own", (string wait) => Page("Buying", OwnPage(wait)));
        _site.MapGet("/framed", (string wait) => Page("Buying", $"<iframe src=\"{Encoded(wait)}\" width=\"600\" height=\"500\"></iframe>"));
    }

    /// <summary>Its origin.</summary>
    public string Address => _site.Urls.First();

    public static async Task<BuyerApp> StartAsync(Func<HttpMethod, string, JsonNode?, Task<JsonNode>> latchkey, TimeProvider time)
    {
        var app = new BuyerApp(latchkey, time);
        await app._site.StartAsync();
        return app;
    }

    /// <summary>Where its user goes to buy.</summary>
    public string Buy(JsonObject order) => QueryHelpers.AddQueryString(Address + "/buy", "order", order.ToJsonString());

    /// <summary>A page that waits by itself: <c>own</c>, or <c>framed</c>.</summary>
    public string Waiting(string kind, string waitUrl) => QueryHelpers.AddQueryString($"{Address}/{kind}", "wait", waitUrl);

    public async Task<JsonNode> MakeLinkAsync(JsonObject order)
    {
        order["return_url"] = Address + "/return";
        return await _latchkey(HttpMethod.Post, "/purchase-links", order);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task<IResult> BuyAsync(string order) =>
        Results.Redirect((await MakeLinkAsync(JsonNode.Parse(order)!.AsObject()))["wait_url"]!.ToString());

    private async Task<IResult> ReturnAsync([FromQuery(Name = "latchkey_result")] string result) =>
        Page("Back in the app", $"<p role=\"status\">{Encoded(await ToldAsync(result))}</p>");

    private async Task<string> ToldAsync(string result)
    {
        var set = (await _latchkey(HttpMethod.Get, "/.well-known/jwks.json", null)).AsObject();
        if (PurchaseResultToken.Read(result, new Keys(set)) is not PurchaseResultReading.Ok { Claims: var claims }
            || claims.Aud != Address || claims.Exp <= _time.GetUtcNow().ToUnixTimeSeconds())
        {
            return "a result that cannot be believed";
        }

        return claims is { State: "redeemed", Reason: null }
            ? $"paid by {claims.Sub} for {(await _latchkey(HttpMethod.Get, "/purchase-links/" + claims.Link, null))["data"]!.ToJsonString()}"
            : $"not paid: {claims.Reason}";
    }

    private static string OwnPage(string wait) => $$"""
        <h2 id="title"></h2><p role="status"></p>
        <script type="module">
        import { waitForPurchase } from "{{new Uri(wait).GetLeftPart(UriPartial.Authority)}}/latchkey.js";
        const status = document.querySelector("[role=status]");
        window.waiting = waitForPurchase({{JsonSerializer.Serialize(wait)}}, {
          onState({ title }) { document.getElementById("title").textContent = title; },
          async onResult({ result }) {
            const told = await fetch("/result", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(result) });
            status.textContent = await told.text();
          },
          onError(error) { status.textContent = error.message; },
        });
        </script>
        """;

    private static IResult Page(string title, string main) => Results.Text($"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><link rel="icon" href="data:,"></head>
        <body><main><h1>{title}</h1>{main}</main></body></html>
        """, "text/html; charset=utf-8");

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private sealed class Keys(JsonObject set) : ILeaseKeys
    {
        public LeaseKeyState Find(string kid, out byte[] publicKey)
        {
            var key = set["keys"]!.AsArray().FirstOrDefault(k => (string?)k!["kid"] == kid);
            publicKey = key is null ? [] : WebEncoders.Base64UrlDecode((string)key["x"]!);
            return key is null ? LeaseKeyState.Unknown : LeaseKeyState.Usable;
        }
    }
}
