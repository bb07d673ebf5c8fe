using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Mails;

public sealed class MailTests(SharedServer shared)
{
    [Fact]
    public async Task A_sale_owes_one_mail_with_the_key()
    {
        var shop = await shared.OpenShopAsync();
        var sold = await shop.SellAsync();
        await Eventually.HoldsAsync(async () => (await shop.SellerGetAsync("/mails?state=sent")).Data.Count == 1, "no mail was sent");
        var mail = Assert.Single(shared.Server.Mails.To(sold.Sale.Email));
        Assert.Equal("Your license key for Acme Studio", mail.Subject);
        Assert.Contains(sold.Key, mail.Text, StringComparison.Ordinal);
        var listed = (await shop.SellerGetAsync("/mails")).Data[0]!;
        Assert.Equal((sold.License, "license_key", "sent", 1), ((string?)listed["license"], (string?)listed["template"], (string?)listed["state"], (int?)listed["attempts"]));
        Assert.NotNull(listed["sent_at"]);
        (await shop.SellerGetAsync("/mails?state=lost")).MustFault("state");
    }

    [Fact]
    public async Task Without_a_mail_server_mails_wait_and_go_out_once_there_is_one()
    {
        var directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;
        try
        {
            string token, path, email;
            await using (var server = await RunningServer.StartAsync(new ServerSetup { Directory = directory, CatchesMails = false }))
            {
                var shop = await Shop.OpenAsync(server);
                var sold = await shop.SellAsync();
                var waiting = await Eventually.GetAsync(async () => (await shop.SellerGetAsync("/mails")).Data.FirstOrDefault(), "no mail was owed");
                Assert.Equal(("waiting", 0), ((string?)waiting["state"], (int?)waiting["attempts"]));
                (token, path, email) = (shop.ApiToken, shop.Path, sold.Sale.Email);
            }

            await using var later = await RunningServer.StartAsync(new ServerSetup { Directory = directory });
            await Eventually.HoldsAsync(() => later.Mails.To(email).Count == 1, "the mail that waited did not go out");
            await Eventually.HoldsAsync(async () => (await later.GetAsync(path + "/mails?state=sent", token)).Data.Count == 1, "it was not noted as sent");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task No_mail_is_owed_where_gumroads_own_key_is_the_key()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        await shop.PutProductAsync(keySource: "shop");
        await shop.PutRuleAsync();
        var sold = await shop.SellAsync();
        var marker = await (await shared.OpenShopAsync()).SellAsync();
        await Eventually.HoldsAsync(() => shared.Server.Mails.To(marker.Sale.Email).Count == 1, "the marker's mail did not come");
        Assert.Empty(shared.Server.Mails.To(sold.Sale.Email));
        Assert.Empty((await shop.SellerGetAsync("/mails")).Data);
    }

    [Fact]
    public async Task A_refused_mail_is_tried_again_later_and_given_up_after_twelve_times()
    {
        await using var server = await RunningServer.StartAsync();
        server.Mails.Before = _ => throw new InvalidOperationException("550 mara.ito@example.org is not known here");
        var shop = await Shop.OpenAsync(server);
        await shop.SellAsync();
        for (var attempt = 1; attempt <= 12; attempt++)
        {
            var mail = await Eventually.GetAsync(
                async () => (await shop.SellerGetAsync("/mails")).Data.FirstOrDefault() is { } m && (int)m["attempts"]! == attempt ? m : null, $"attempt {attempt}");
            Assert.Equal(attempt < 12 ? "waiting" : "failed", (string?)mail["state"]);
            Assert.DoesNotContain("example.org", mail.ToJsonString(), StringComparison.Ordinal);
            server.Advance(TimeSpan.FromHours(6));
        }
    }
}
