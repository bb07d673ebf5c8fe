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
}
