using System.Text.Json.Nodes;
using Latchkey.Simulator.Tests.Api;

namespace Latchkey.Simulator.Tests.Control;

public class ControlTests : ApiTest
{
    [Fact]
    public async Task The_clock_is_read_set_and_moved_on()
    {
        var shop = await OpenAsync();
        var sale = await shop.BuyAsync(Club);

        var first = await shop.JsonAsync("/simulator/clock");
        var days = await AdvanceAsync(shop, """{"days": 40}""");
        var seconds = await AdvanceAsync(shop, """{"seconds": 1.5}""");
        var fast = await ApiShop.ReadAsync(await shop.SendJsonAsync(HttpMethod.Put, "/simulator/clock", """{"speed": 60}"""));

        Assert.Equal(("2026-03-14T09:26:53.0000000Z", 0d), ((string?)first["now"], (double)first["speed"]!));
        Assert.Equal("2026-04-23T09:26:53.0000000Z", (string?)days["now"]);
        Assert.Equal("2026-04-23T09:26:54.5000000Z", (string?)seconds["now"]);
        Assert.Equal(60d, (double)fast["speed"]!);
        Assert.Equal(2, shop.Simulator.FindMembership(sale.SubscriptionId!)!.SaleIds.Count);
    }

    [Fact]
    public async Task Dials_that_are_not_named_stay_as_they_are()
    {
        var shop = await OpenAsync();

        using var first = await shop.SendJsonAsync(HttpMethod.Put, "/simulator/faults", """{"drop": 0.5, "seed": 4}""");
        using var second = await shop.SendJsonAsync(HttpMethod.Put, "/simulator/faults", """{"late": 1}""");
        var dials = await shop.JsonAsync("/simulator/faults");

        Assert.Equal("""{"duplicate":0,"reorder":0,"delay":0,"late":1,"stale":0,"drop":0.5,"seed":4}""", dials.ToJsonString());
        Assert.Equal((.5, 1d, 4), (shop.Simulator.Faults.Drop, shop.Simulator.Faults.Late, shop.Simulator.Faults.Seed));
    }

    [Fact]
    public async Task Attempts_are_told_newest_first_with_their_bodies()
    {
        await using var receiver = await Receiver.StartAsync();
        var shop = await OpenAsync();
        shop.Simulator.PingUrl = receiver.Url;
        await shop.BuyAsync(Inkwell);
        await shop.BuyAsync(Inkwell with { Email = "second@example.org" });
        await shop.Simulator.WhenQuietAsync();

        using var answer = await shop.GetAsync("/simulator/pings");
        using var limited = await shop.GetAsync("/simulator/pings?limit=1");
        var pings = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsArray();

        Assert.Equal(2, pings.Count);
        Assert.Contains("email=second%40example.org", (string)pings[0]!["body"]!, StringComparison.Ordinal);
        Assert.Equal(("sale", 1, 200, true), ((string?)pings[0]!["resource"], (int)pings[0]!["attempt"]!, (int)pings[0]!["status"]!, (bool)pings[0]!["delivered"]!));
        Assert.Single(JsonNode.Parse(await limited.Content.ReadAsStringAsync())!.AsArray());
    }

    [Fact]
    public async Task Applications_are_registered_and_tokens_made()
    {
        var shop = await OpenAsync();

        var application = await ApiShop.ReadAsync(await shop.SendJsonAsync(HttpMethod.Post, "/simulator/applications", """{"name": "Keys", "redirect_uri": "https://app.example/back"}"""));
        var token = await ApiShop.ReadAsync(await shop.SendJsonAsync(
            HttpMethod.Post, "/simulator/tokens", $$"""{"scopes": ["view_sales"], "application_id": "{{(string?)application["id"]}}"}"""));
        var everything = await ApiShop.ReadAsync(await shop.PostAsync("/simulator/tokens"));
        using var all = await shop.GetAsync("/simulator/applications");

        Assert.Equal(["id", "name", "client_id", "client_secret", "redirect_uri"], application.Select(pair => pair.Key));
        Assert.Equal((string?)application["id"], shop.Simulator.Tokens.Find((string)token["access_token"]!)!.ApplicationId);
        Assert.Contains("account", shop.Simulator.Tokens.Find((string)everything["access_token"]!)!.Scopes);
        Assert.Equal(2, JsonNode.Parse(await all.Content.ReadAsStringAsync())!.AsArray().Count);
    }

    [Theory]
    [InlineData("POST", "clock/advance", """{"days": -1}""", "seconds, days: the clock goes forward only, and a hundred years at most.")]
    [InlineData("POST", "clock/advance", "{}", "seconds, days: give one of them, such as {\"days\": 30}.")]
    [InlineData("POST", "clock/advance", """{"hours": 1}""", "hours: there is no such setting; use seconds, days.")]
    [InlineData("POST", "clock/advance", """{"days": "1"}""", "days: write a number, without quotes.")]
    [InlineData("PUT", "clock", """{"speed": -1}""", "speed: give 0, which stops the clock, or more; 1 is real time.")]
    [InlineData("PUT", "faults", """{"drop": 2}""", "drop: give a chance from 0, never, to 1, always.")]
    [InlineData("PUT", "faults", """{"seed": 1.5}""", "seed: give a whole number of 32 bits, or null for none.")]
    [InlineData("PUT", "faults", "[]", "The body must be a JSON object, such as {\"days\": 30}.")]
    [InlineData("PUT", "faults", "{", "The body must be a JSON object, such as {\"days\": 30}.")]
    [InlineData("GET", "pings?limit=0", "", "limit: give a whole number above 0.")]
    [InlineData("POST", "tokens", """{"scopes": "view_sales"}""", "scopes: write a list of texts.")]
    [InlineData("POST", "tokens", """{"application_id": "none"}""", "There is no such application.")]
    [InlineData("POST", "applications", """{"name": "X", "redirect_uri": "app://x"}""", "redirect_uri: give an http or https address, or leave it out to allow any.")]
    [InlineData("POST", "imported_customers", """{"product": "none"}""", "product: there is no 'none'.")]
    [InlineData("POST", "imported_customers", """{"product": "inkwell", "email": "a@example.org", "created_at": "soon"}""", "created_at: write a time as 2026-03-14T09:26:53Z.")]
    public async Task Bad_input_is_a_400_with_a_sentence(string method, string path, string json, string error)
    {
        var shop = await OpenAsync();

        using var answer = method == "GET" ? await shop.GetAsync("/simulator/" + path) : await shop.SendJsonAsync(new HttpMethod(method), "/simulator/" + path, json);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(error, (string?)(await ApiShop.ReadAsync(answer))["error"]);
    }

    private static async Task<JsonObject> AdvanceAsync(ApiShop shop, string json) =>
        await ApiShop.ReadAsync(await shop.SendJsonAsync(HttpMethod.Post, "/simulator/clock/advance", json));
}
