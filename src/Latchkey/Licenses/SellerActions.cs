using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Mail;
using Latchkey.Tenants;

namespace Latchkey.Licenses;

/// <summary>What the seller does to a license by hand. Each act is an entry in the inbox, like everything else that is known.</summary>
internal sealed class SellerActions(IInboxStore inbox, ILicenseStore licenses, IMailStore mails, FoldSignal signal, TimeProvider time)
{
    private static readonly TimeSpan FoldedWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ResendAtMostEvery = TimeSpan.FromMinutes(1);

    /// <param name="kind">One of <see cref="SellerActs"/>.</param>
    /// <param name="until">Of an extension: until when at least.</param>
    /// <returns>The id of the act's entry, which is stored and yet to be folded; null when there is no such license.</returns>
    public async Task<string?> ActAsync(TenantContext tenant, string license, string kind, CancellationToken ct, DateTimeOffset? until = null)
    {
        if (await licenses.FindAsync(tenant.Id, license, ct) is not { } found)
        {
            return null;
        }

        var at = NextTime(await inbox.ListByPurchaseAsync(tenant.Id, found.Purchase, ct), time.GetUtcNow());
        var act = new SellerAct(kind, license, at.ToUnixTimeMilliseconds()) { Index = found.Index, Until = until?.ToUnixTimeMilliseconds() };
        var receipt = await inbox.AppendAsync(EntryOf(tenant, found.Purchase, act));
        signal.Poke();
        return receipt.Id;
    }

    /// <summary>An act as an entry of its purchase.</summary>
    public static Entry EntryOf(TenantContext tenant, string purchase, SellerAct act)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(act.At);
        var id = Ids.New("png_", at);
        var about = act.License.Length > 0 ? act.License : purchase;
        return new Entry(
            tenant.Id, id, EntrySource.Seller, at, at, at, 0,
            RepeatKey.OfOwn(tenant.Secrets.Repeat, $"seller|{about}|{act.Kind}|{act.Settings?.KeyType}|{act.At}"),
            "application/json", null, BodySeal.Seal(tenant, id, JsonSerializer.SerializeToUtf8Bytes(act, InboxJson.Default.SellerAct)), Purchase: purchase);
    }

    /// <summary>max(now, the purchase's last act + 1 ms): of two nodes with unlike clocks, the later act still stands.</summary>
    public static DateTimeOffset NextTime(IEnumerable<Entry> entries, DateTimeOffset now)
    {
        var last = entries.Where(e => e.Source == EntrySource.Seller).Select(e => e.ReceivedAt).Append(DateTimeOffset.UnixEpoch).Max();
        now = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return now > last ? now : last.AddMilliseconds(1);
    }

    /// <summary>The key to show to the buyer. The caller writes it to the audit log.</summary>
    public async Task<string?> RevealAsync(TenantContext tenant, string license, CancellationToken ct) =>
        await licenses.FindAsync(tenant.Id, license, ct) is { } found
            ? LicenseRows.PreferredKey(tenant, found, await licenses.KeysAsync(tenant.Id, license, ct))
            : null;

    /// <summary>Owes the key mail once more, to the address on record.</summary>
    /// <returns>False when one was owed within the last minute.</returns>
    public async Task<bool> ResendAsync(TenantContext tenant, License license, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await mails.LastOwedAsync(tenant.Id, license.Id, ct) is { } last && now - last < ResendAtMostEvery)
        {
            return false;
        }

        var id = Ids.New("mail_", now);
        return await mails.OweAsync(
            new OwedMail(tenant.Id, id, license.Id, $"{MailTemplates.LicenseKey}:{id}", MailState.Waiting, 0, now, null, now, null), CancellationToken.None);
    }

    /// <summary>Waits until an entry is no longer waiting to be folded, at most until three seconds after <paramref name="since"/>.</summary>
    public async Task<Entry?> FoldedAsync(string tenant, string entry, DateTimeOffset since, CancellationToken ct)
    {
        var until = since + FoldedWithin;
        while (true)
        {
            var found = await inbox.FindAsync(tenant, entry, ct);
            if (found is null or { Status: not EntryStatus.Received } || time.GetUtcNow() >= until)
            {
                return found;
            }

            await Task.Delay(LookEvery, time, ct);
        }
    }
}
