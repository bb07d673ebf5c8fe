using Latchkey.Inbox;
using Latchkey.Mail;
using Latchkey.Products;

namespace Latchkey.Storage.Tests;

public abstract class MailConformance : StoreConformance
{
    [Fact]
    public async Task Each_issued_license_owes_one_mail_however_often_the_outbox_is_read()
    {
        await ReceiveSaleAsync("sale-1==");
        await ReceiveSaleAsync("sale-2==");
        await ReceiveSaleAsync("sale-1==", Other);
        await FoldAllAsync();

        await OweAllAsync();
        await ReceiveSaleAsync("sale-1==");
        await FoldAllAsync();
        await OweAllAsync();

        Assert.Equal(2, (await Store.Mails.ListAsync(Acme, null, null, 10, default)).Select(m => m.License).Distinct().Count());
        Assert.Equal(2, (await Store.Mails.ListAsync(Acme, MailState.Waiting, null, 10, default)).Count);
        Assert.Single(await Store.Mails.ListAsync(Other, null, null, 10, default));
        Assert.Equal(3, (await Store.Mails.DueAsync(Time.GetUtcNow(), 10, default)).Count);
    }

    [Fact]
    public async Task Where_Gumroads_own_key_is_the_key_no_mail_is_owed()
    {
        await Store.Tenants.PutProductAsync(Acme, new Product("app", "App", "APP", KeySource.Shop), default);
        await ReceiveSaleAsync("sale-1==");
        await FoldAllAsync();
        await OweAllAsync();

        Assert.Single(await Store.Licenses.ListAsync(Acme, new(), null, 10, default));
        Assert.Empty(await Store.Mails.ListAsync(Acme, null, null, 10, default));
    }

    [Fact]
    public async Task Licenses_issued_together_owe_one_mail_and_those_added_later_one_more()
    {
        await Store.Tenants.PutKeyTypeAsync(Acme, new KeyType("app", "pro", "Pro") { Quantity = QuantityMode.Keys }, default);
        var sale = Said.Charge("sub", "c0", Time.GetUtcNow(), "mara.ito@example.org", "Patron").With("product_id", GumroadProduct).With("quantity", "3");
        await ReceiveAsync(sale);
        await FoldAllAsync();
        await OweAllAsync();
        var licenses = await Store.Licenses.ListAsync(Acme, new(), null, 10, default);
        Assert.Equal(3, licenses.Count);
        var first = licenses.Single(l => l.Index == 0).Id;
        Assert.Equal([(first, MailTemplates.LicenseKey)], (await Store.Mails.ListAsync(Acme, null, null, 10, default)).Select(m => (m.License, m.Template)));

        Time.Advance(TimeSpan.FromDays(31));
        await ReceiveAsync(Said.Charge("sub", "c1", Time.GetUtcNow(), "mara.ito@example.org", "Patron", recurring: true).With("product_id", GumroadProduct).With("quantity", "5"));
        await FoldAllAsync();
        await OweAllAsync();
        Assert.Equal(5, (await Store.Licenses.ListAsync(Acme, new(), null, 10, default)).Count);
        var mails = await Store.Mails.ListAsync(Acme, null, null, 10, default);
        Assert.Equal([first, first], mails.Select(m => m.License));
        Assert.StartsWith(MailTemplates.LicenseKey + ":more-", mails[1].Template, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_waits_until_it_is_due_and_no_longer_once_sent()
    {
        var mail = new OwedMail(Acme, "mail_1", "lic_1", MailTemplates.LicenseKey, MailState.Waiting, 0, Time.GetUtcNow().AddMinutes(1), null, Time.GetUtcNow(), null);
        Assert.True(await Store.Mails.OweAsync(mail, default));
        Assert.False(await Store.Mails.OweAsync(mail with { Id = "mail_2" }, default));
        Assert.True(await Store.Mails.OweAsync(mail with { Id = "mail_3", Template = "license_key:mail_3", CreatedAt = Time.GetUtcNow().AddHours(1) }, default));
        Assert.Equal(Time.GetUtcNow().AddHours(1), await Store.Mails.LastOwedAsync(Acme, "lic_1", default));
        Assert.Null(await Store.Mails.LastOwedAsync(Other, "lic_1", default));
        Assert.Empty(await Store.Mails.DueAsync(Time.GetUtcNow(), 10, default));

        Time.Advance(TimeSpan.FromMinutes(1));
        var due = await Store.Mails.DueAsync(Time.GetUtcNow(), 10, default);
        Assert.Equal(["mail_1", "mail_3"], due.Select(m => m.Id).Order());
        var sent = mail with { State = MailState.Sent, Attempts = 1, SentAt = Time.GetUtcNow() };
        await Store.Mails.UpdateAsync(sent, default);
        Assert.Equal(["mail_3"], (await Store.Mails.DueAsync(Time.GetUtcNow(), 10, default)).Select(m => m.Id));
        Assert.Equal([sent], await Store.Mails.ListAsync(Acme, MailState.Sent, null, 10, default));
    }

    private async Task OweAllAsync()
    {
        while (await Store.Mails.OweFromOutboxAsync(1, Time.GetUtcNow(), default) > 0)
        {
        }
    }

    private async Task ReceiveAsync(Said said) => await new Receiver(Store.Inbox, new FoldSignal(Time), Time)
        .ReceiveAsync((await Directory.FindAsync(Acme, default))!, said.ToForm(), false, "application/x-www-form-urlencoded", null);
}
