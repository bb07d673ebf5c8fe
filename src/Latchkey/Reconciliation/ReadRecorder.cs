using System.Text;
using System.Text.Json;
using Latchkey.Inbox;
using Latchkey.Keys;
using Latchkey.Purchases;
using Latchkey.Tenants;

namespace Latchkey.Reconciliation;

/// <summary>
/// Appends what Gumroad's API showed to the inbox, like everything else that is known. Reading the same once more is a repeat: it
/// makes the read newer and adds nothing.
/// </summary>
internal sealed class ReadRecorder(IInboxStore inbox, FoldSignal signal)
{
    /// <param name="readAt">When Gumroad was asked: not later than what it answered.</param>
    /// <exception cref="StoreBusyException">Not stored.</exception>
    public async Task<Receipt> RecordAsync(TenantContext tenant, GumroadRead read, DateTimeOffset readAt)
    {
        var id = Ids.New("png_", readAt);
        var body = JsonSerializer.SerializeToUtf8Bytes(read, InboxJson.Default.GumroadRead);
        var receipt = await inbox.AppendAsync(new Entry(
            tenant.Id, id, EntrySource.Api, readAt, readAt, readAt, 0,
            RepeatKey.OfOwn(tenant.Secrets.Repeat, "api|" + Encoding.UTF8.GetString(body)),
            "application/json", null, BodySeal.Seal(tenant, id, body), Purchase: tenant.Secrets.Derivation.PurchaseId(read.Name)));
        signal.Poke();
        return receipt;
    }
}
