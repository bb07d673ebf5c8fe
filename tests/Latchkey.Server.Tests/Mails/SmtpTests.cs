using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Mails;

/// <summary>Mails through a real SMTP server.</summary>
public sealed class SmtpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_key_arrives_once()
    {
        using var smtp = await Node.StartAsync("smtp.mjs", "0");
        await using var server = await StartAsync(smtp);
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync(Sale.New("full_name=Zoë Ångström"));

        var mail = await NextAsync(smtp);
        MustHoldTheKey(mail, sold);
        Assert.Contains("From: \"Acme Audio\" <keys@acme.example>", (string)mail["headers"]!, StringComparison.OrdinalIgnoreCase);
        await shop.DeliverAsync(sold.Sale.Form());
        var second = await shop.SellAsync();
        MustHoldTheKey(await NextAsync(smtp), second);
        await Eventually.HoldsAsync(async () => (await shop.SellerGetAsync("/mails?state=sent")).Data.Count == 2, "the mails were not noted as sent");
        await EndAsync(smtp);
    }

    [Fact]
    public async Task A_mail_that_is_refused_for_now_stays_owed_and_is_sent_later()
    {
        using var smtp = await Node.StartAsync("smtp.mjs", "1");
        await using var server = await StartAsync(smtp);
        var shop = await Shop.OpenAsync(server);
        var sold = await shop.SellAsync();

        Assert.Equal(sold.Sale.Email, (string?)(await NextAsync(smtp))["refused"]);
        var owed = await Eventually.GetAsync(
            async () => (await shop.SellerGetAsync("/mails")).Data.FirstOrDefault() is { } m && (int)m["attempts"]! == 1 ? m : null, "the refusal was not noted");
        Assert.Equal("waiting", (string?)owed["state"]);
        Assert.DoesNotContain(sold.Sale.Email, owed.ToJsonString(), StringComparison.Ordinal);

        server.Advance(TimeSpan.FromMinutes(1));
        MustHoldTheKey(await NextAsync(smtp), sold);
        await Eventually.HoldsAsync(async () => (await shop.SellerGetAsync("/mails?state=sent")).Data.Count == 1, "the mail was not noted as sent");
        await EndAsync(smtp);
    }

    private static void MustHoldTheKey(JsonNode mail, Sold sold)
    {
        Assert.Equal([sold.Sale.Email], mail["to"]!.AsArray().Select(a => (string)a!));
        Assert.Contains(sold.Key, (string)mail["text"]!, StringComparison.Ordinal);
        Assert.Contains("Subject: Your license key for Acme Studio", (string)mail["headers"]!, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<RunningServer> StartAsync(Process smtp)
    {
        var port = (int)(await NextAsync(smtp))["port"]!;
        return await RunningServer.StartAsync(new ServerSetup
        {
            CatchesMails = false,
            Settings =
            [
                "--Latchkey:Smtp:Host", "127.0.0.1", "--Latchkey:Smtp:Port", port.ToString(CultureInfo.InvariantCulture),
                "--Latchkey:Smtp:Security", "none", "--Latchkey:Smtp:From", "Acme Audio <keys@acme.example>",
            ],
        });
    }

    /// <summary>The next line the SMTP server wrote.</summary>
    private static async Task<JsonNode> NextAsync(Process smtp)
    {
        var line = await smtp.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return JsonNode.Parse(line ?? throw new InvalidOperationException("The SMTP server ended: " + await smtp.StandardError.ReadToEndAsync()))!;
    }

    /// <summary>Ends the SMTP server, which must have nothing more to tell.</summary>
    private static async Task EndAsync(Process smtp)
    {
        smtp.StandardInput.Close();
        Assert.Empty(await smtp.StandardOutput.ReadToEndAsync().WaitAsync(Patience));
        await smtp.WaitForExitAsync().WaitAsync(Patience);
    }
}
