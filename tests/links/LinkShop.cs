using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Crash;

namespace Latchkey.Links;

/// <summary>The app's side of its links, over the nodes of a house: makes them, and sells with them.</summary>
internal sealed class LinkShop(Web web, Gumroad gumroad, string adminToken, string pingPath)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private int _orders;

    /// <summary>Lets the nodes ask Gumroad's API.</summary>
    public Task OpenAsync() => web.AskAsync(
        0, 200, HttpMethod.Put, $"{Shop.Tenant}/integration", () => Json(new JsonObject { ["gumroad_access_token"] = gumroad.CreateAccessToken() }), adminToken);

    /// <param name="strength"><c>token</c>, <c>code</c> or <c>product</c>.</param>
    public async Task<Order> MakeAsync(string strength)
    {
        var number = Interlocked.Increment(ref _orders);
        var body = new JsonObject
        {
            ["strength"] = strength,
            ["data"] = new JsonObject { ["order"] = number },
            ["subject"] = $"user:{number}",
            ["return_url"] = "http://127.0.0.1:5080" + Node.Return, // nobody listens there: browsers here know where the nodes are
            ["product"] = Shop.Product,
            ["key_type"] = "pro",
        };
        if (strength == "product")
        {
            (body["name"], body["price_cents"]) = ("Inkwell for one", 900);
        }
        else
        {
            body["gumroad_product"] = Shop.Product;
        }

        var reply = await web.AskAsync(number, 201, HttpMethod.Post, $"{Shop.Tenant}/purchase-links", () => Json(body), adminToken);
        var link = JsonNode.Parse(reply.Body)!;
        string PathOf(string field) => new Uri(link[field]!.ToString()).AbsolutePath;
        return new Order(number, link["id"]!.ToString(), PathOf("url"), PathOf("wait_url"));
    }

    /// <summary>Opens the link's checkout, pays there, and keeps the ping.</summary>
    public async Task<byte[]> PayAsync(Order order)
    {
        var reply = await web.AskAsync(order.Number, 302, HttpMethod.Get, order.GoPath);
        return await gumroad.BuyAsync(reply.Location!, $"buyer{order.Number}@example.org");
    }

    public Task PingAsync(int node, byte[] form) =>
        web.AskAsync(node, 200, HttpMethod.Post, pingPath, () => new ByteArrayContent(form) { Headers = { ContentType = new("application/x-www-form-urlencoded") } });

    /// <summary>Asks a node to look in Gumroad's sales.</summary>
    public Task AskForReadBackAsync(int node, Order order) => web.AskAsync(node, 200, HttpMethod.Post, order.WaitPath + "/check");

    /// <summary>Comes back to the app until it says that the purchase is there; remembers its answer with the order.</summary>
    /// <param name="node">Where the buyer's browser comes first.</param>
    public async Task ReturnAsync(int node, Order order)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var back = await web.AskAsync(node, 303, HttpMethod.Get, order.WaitPath + "/back");
            var answer = (await web.AskAsync(node, 200, HttpMethod.Get, back.Location!.PathAndQuery)).Body;
            if (answer.StartsWith(Node.CallPrefix, StringComparison.Ordinal))
            {
                order.Answers.Enqueue(answer);
                return;
            }

            if (answer is not (Node.ErrorPrefix + "not_paid" or Node.ErrorPrefix + "not_certain"))
            {
                throw new InvalidOperationException($"The return of a purchase was answered '{answer}'.");
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new TimeoutException($"A buyer who had paid was told '{answer}' for {Patience.TotalSeconds} s.");
            }

            await Task.Delay(20);
        }
    }

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");
}
