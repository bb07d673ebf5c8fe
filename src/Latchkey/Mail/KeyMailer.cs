using Latchkey.Licenses;
using Latchkey.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Latchkey.Mail;

/// <summary>Turns "license issued" into a mail, one for all that came together, and sends what is owed.</summary>
internal sealed partial class KeyMailer(
    IMailStore mails, ILicenseStore licenses, TenantDirectory tenants, IMailTransport transport, OutboxSignal signal, TimeProvider time, ILogger<KeyMailer> logger)
    : BackgroundService
{
    private const int Batch = 100;
    private const int MostAttempts = 12;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    /// <summary>Was sent, and could not be noted because the store was away: it is noted before anything else is sent.</summary>
    private OwedMail? _toNote;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var busy = false;
            try
            {
                busy = await mails.OweFromOutboxAsync(Batch, time.GetUtcNow(), stoppingToken) > 0;
                busy |= transport.IsSet && await SendDueAsync(stoppingToken) > 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // What is owed stays owed; the next round begins where this one broke off.
                Log.RoundFailed(logger, Idle, e);
            }

            if (!busy)
            {
                await signal.WaitAsync(Idle, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<int> SendDueAsync(CancellationToken ct)
    {
        await NoteAsync();
        var due = await mails.DueAsync(time.GetUtcNow(), Batch, ct);
        foreach (var mail in due)
        {
            _toNote = await SendAsync(mail, ct);
            await NoteAsync();
        }

        return due.Count;
    }

    /// <summary>What went out is noted, even while the server stops.</summary>
    private async Task NoteAsync()
    {
        if (_toNote is { } sent)
        {
            await mails.UpdateAsync(sent, CancellationToken.None);
            _toNote = null;
        }
    }

    /// <returns>Null when it is another node's by now.</returns>
    private async Task<OwedMail?> SendAsync(OwedMail mail, CancellationToken ct)
    {
        if (await tenants.FindAsync(mail.Tenant, ct) is not { } tenant
            || await licenses.FindAsync(mail.Tenant, mail.License, ct) is not { Email: not null } license
            || await KeysAsync(tenant, license, ct) is not { Count: > 0 } keys)
        {
            return mail with { State = MailState.Failed, LastError = "not_sendable" };
        }

        if (!await mails.KeepAsync(mail, ct))
        {
            return null;
        }

        try
        {
            // Not broken off by a stop: the mail server may have taken it already, and another node would send it again.
            await transport.SendAsync(KeyMail.Of(tenant, license, keys), CancellationToken.None);
            return mail with { State = MailState.Sent, Attempts = mail.Attempts + 1, SentAt = time.GetUtcNow(), LastError = null };
        }
        catch (Exception e)
        {
            // The message of an SMTP error can hold the address, so only its kind is kept.
            var attempts = mail.Attempts + 1;
            var pause = TimeSpan.FromSeconds(Math.Min(30 * Math.Pow(2, mail.Attempts), LongestPause.TotalSeconds));
            Log.NotSent(logger, mail.Id, attempts, e.GetType().Name);
            return mail with
            {
                State = attempts >= MostAttempts ? MailState.Failed : MailState.Waiting,
                Attempts = attempts,
                DueAt = time.GetUtcNow() + pause,
                LastError = e.GetType().Name,
            };
        }
    }

    /// <summary>Of every license that came with this one and is usable: a buyer of several keys gets them in one mail.</summary>
    private async Task<IReadOnlyList<string>> KeysAsync(TenantContext tenant, License license, CancellationToken ct)
    {
        var keys = new List<string>();
        var now = time.GetUtcNow();
        var together = await licenses.ListAsync(tenant.Id, new LicenseFilter(Purchase: license.Purchase), null, int.MaxValue, ct);
        foreach (var one in together.Where(l => l.Product == license.Product && l.StandingAt(now).IsUsable).OrderBy(l => l.Index))
        {
            if (LicenseRows.PreferredKey(tenant, one, await licenses.KeysAsync(tenant.Id, one.Id, ct)) is { } key)
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Error, "Reading or sending owed mails failed; it is tried again in {Idle}")]
        public static partial void RoundFailed(ILogger logger, TimeSpan idle, Exception e);

        [LoggerMessage(2202, LogLevel.Warning, "Mail {Mail} did not go out on attempt {Attempt} ({Error}); it is tried again later")]
        public static partial void NotSent(ILogger logger, string mail, int attempt, string error);
    }
}
