using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;
using Microsoft.Extensions.Logging;

namespace Latchkey.Server.Tests.Hosting;

/// <summary>However talkative the logs and traces are made, no secret and nothing of a buyer gets into them.</summary>
public sealed class SilenceTests
{
    private const string Marker = "Zaphod-Marker-Beeblebrox";

    public static TheoryData<string> Prefixes { get; } = new() { "Logging:LogLevel", "Logging:Eavesdropper:LogLevel" };

    [Theory]
    [MemberData(nameof(Prefixes))]
    public async Task The_whole_main_path_leaves_no_secret_in_logs_and_traces(string prefix)
    {
        using var heard = new Eavesdropper();
        var secrets = new List<string>();
        await using (var server = await RunningServer.StartAsync(new ServerSetup { Settings = Talkative(prefix), Adapt = b => b.Logging.AddProvider(heard) }))
        {
            await WalkAsync(server, secrets);
        }

        // Else hardly anything was heard, and nothing is proven.
        Assert.Contains(heard.Texts, t => t.StartsWith("Microsoft.AspNetCore Microsoft.AspNetCore.Hosting.HttpRequestIn", StringComparison.Ordinal));
        Assert.Contains(heard.Texts, t => t.Contains("is tried again later", StringComparison.Ordinal));
        foreach (var secret in secrets.Distinct())
        {
            Assert.DoesNotContain(heard.Texts, t => t.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static string[] Talkative(string prefix) =>
    [
        $"--{prefix}:Default", "Trace",
        $"--{prefix}:Microsoft", "Trace",
        $"--{prefix}:Microsoft.AspNetCore", "Trace",
        $"--{prefix}:Microsoft.AspNetCore.Hosting", "Trace",
        $"--{prefix}:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace",
        $"--{prefix}:Microsoft.AspNetCore.Routing", "Trace",
        $"--{prefix}:Microsoft.AspNetCore.Server.Kestrel", "Trace",
    ];

    private static async Task WalkAsync(RunningServer server, List<string> secrets)
    {
        server.Mails.Before = mail => throw new InvalidOperationException($"550 {mail.To} is not known: {mail.Text}");
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync(Sale.New("full_name=" + Marker));
        var bearer = await shop.AddTokenAsync("pings:keys");
        secrets.AddRange([shop.PingToken, shop.ApiToken, server.AdminToken, bearer, sold.Key, sold.Sale.GumroadKey, sold.Sale.Email, Uri.EscapeDataString(sold.Sale.Email), Marker]);

        await shop.PingAsync(sold.Sale.Form(), bearer: bearer);
        await shop.PingAsync(sold.Sale.Json(), "application/json");
        await shop.PingAsync(sold.Sale.Form(), path: shop.PingPath + "&resource=sale");
        await shop.PingAsync(sold.Sale.Form(), path: $"/webhooks/gumroad/{shop.Id}?token={Marker}");
        await shop.PingAsync(sold.Sale.Form(), path: $"/webhooks/gumroad/nobody?token={shop.PingToken}");
        await shop.PingAsync(sold.Sale.Form(), path: $"/webhooks/gumroad/{shop.Id}", headers: ("Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("a:" + shop.PingToken))));
        await shop.PingAsync(System.Text.Encoding.UTF8.GetBytes($"resource_name={Marker}&broken=%FF"));
        await server.GetAsync(shop.PingPath);

        var activation = await shop.ActivatedAsync(sold, Marker);
        await shop.ValidateAsync(sold.Key, activation);
        await shop.ValidateAsync(sold.Key + "X");
        await shop.DeactivateAsync(sold.Key, activation);
        await shop.AppAsync("activate", new JsonObject { ["key"] = sold.Key, ["nonce"] = Marker });
        await server.SendAsync(HttpMethod.Post, $"{shop.Path}/licenses/activate", new StringContent($"{{\"key\":\"{sold.Key}\",", null, "application/json"), null);
        await shop.SellerGetAsync($"/licenses?email={Uri.EscapeDataString(sold.Sale.Email)}&key={sold.Key}");
        await shop.SellerGetAsync($"/pings/{sold.Ping}?reveal=true");
        await shop.RefundAsync(sold);
        await server.GetAsync(shop.Path + "/licenses", Marker);
        await shop.SellerAsync(HttpMethod.Put, "/integration", new JsonObject { ["smtp_from"] = Marker });
        await Eventually.HoldsAsync(async () => (await shop.SellerGetAsync("/mails")).Data.Any(m => (int)m!["attempts"]! == 1), "the mail was not tried");
    }
}
