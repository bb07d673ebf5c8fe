using System.Collections.Concurrent;
using Latchkey.Mail;
using Latchkey.Tenants;
using Microsoft.Extensions.Logging.Abstractions;

namespace Latchkey.Storage.Tests.Postgres;

/// <summary>Mails are sent by two nodes, each by one of them.</summary>
public sealed class PostgresMailNodeTests(PostgresServer server) : TwoNodes(server)
{
    [Fact]
    public async Task Two_mail_workers_send_each_mail_once()
    {
        const int sales = 100;
        await Task.WhenAll(Enumerable.Range(0, sales).Select(i => ReceiveSaleAsync($"sale-{i}==", email: $"buyer-{i}@example.org")));
        await FoldAllAsync();
        var post = new Post(sales);
        var workers = Nodes.Select(n => new KeyMailer(
            n.Mails, n.Licenses, new TenantDirectory(n.Tenants, Installation), post, new OutboxSignal(Time), Time, NullLogger<KeyMailer>.Instance)).ToList();
        await Task.WhenAll(workers.Select(w => w.StartAsync(default)));
        await post.AllSent.WaitAsync(LongEnough);
        await Task.WhenAll(workers.Select(w => w.StopAsync(default)));
        workers.ForEach(w => w.Dispose());

        Assert.Equal(Enumerable.Range(0, sales).Select(i => $"buyer-{i}@example.org").Order(), post.Sent.Order());
        Assert.Equal(sales, (await Store.Mails.ListAsync(Acme, MailState.Sent, null, 1_000, default)).Count);
        Assert.Empty(await Store.Mails.ListAsync(Acme, MailState.Waiting, null, 1_000, default));
    }

    [Fact]
    public async Task A_mail_whose_node_is_gone_is_sent_by_another_and_what_the_first_says_later_does_not_count()
    {
        var mail = new OwedMail(Acme, "mail_1", "lic_1", MailTemplates.LicenseKey, MailState.Waiting, 0, Time.GetUtcNow(), null, Time.GetUtcNow(), null);
        await Store.Mails.OweAsync(mail, default);
        Assert.Single(await Store.Mails.DueAsync(Time.GetUtcNow(), 10, default));
        Assert.Empty(await Second.Mails.DueAsync(Time.GetUtcNow(), 10, default));

        Assert.True(await Store.Mails.KeepAsync(mail, default));
        await EndClaimsAsync();
        Assert.Single(await Second.Mails.DueAsync(Time.GetUtcNow(), 10, default));
        Assert.False(await Store.Mails.KeepAsync(mail, default)); // so it is not sent twice
        await Store.Mails.UpdateAsync(mail with { State = MailState.Failed }, default);
        var sent = mail with { State = MailState.Sent, Attempts = 1, SentAt = Time.GetUtcNow() };
        await Second.Mails.UpdateAsync(sent, default);
        await Store.Mails.UpdateAsync(mail with { Attempts = 1 }, default);
        Assert.Equal([sent], await Store.Mails.ListAsync(Acme, null, null, 10, default));
    }

    [Fact]
    public async Task A_node_that_stops_gives_back_the_mails_it_has_not_sent()
    {
        await Store.Mails.OweAsync(
            new OwedMail(Acme, "mail_1", "lic_1", MailTemplates.LicenseKey, MailState.Waiting, 0, Time.GetUtcNow(), null, Time.GetUtcNow(), null), default);
        Assert.Single(await Store.Mails.DueAsync(Time.GetUtcNow(), 10, default));
        await ((IAsyncDisposable)Store.Mails).DisposeAsync();
        Assert.Single(await Second.Mails.DueAsync(Time.GetUtcNow(), 10, default));
    }

    [Fact]
    public async Task A_claim_that_has_ended_is_kept_as_long_as_nobody_else_has_made_it()
    {
        var mail = new OwedMail(Acme, "mail_1", "lic_1", MailTemplates.LicenseKey, MailState.Waiting, 0, Time.GetUtcNow(), null, Time.GetUtcNow(), null);
        await Store.Mails.OweAsync(mail, default);
        Assert.Single(await Store.Mails.DueAsync(Time.GetUtcNow(), 10, default));
        await EndClaimsAsync();
        Assert.True(await Store.Mails.KeepAsync(mail, default));
        Assert.Empty(await Second.Mails.DueAsync(Time.GetUtcNow(), 10, default));
    }

    private sealed class Post(int expected) : IMailTransport
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Sent { get; } = [];

        public Task AllSent => _all.Task;

        public bool IsSet => true;

        public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
        {
            await Task.Yield();
            Sent.Enqueue(mail.To);
            if (Sent.Count >= expected)
            {
                _all.TrySetResult();
            }
        }
    }
}
