using System.Text.Json;
using Latchkey.Keys;
using Latchkey.Tenants;

namespace Latchkey.Inbox;

/// <summary>Notes of a link as entries: one for the child and one for the parent, both of which are then folded again. Unique by child, parent and kind.</summary>
internal static class LinkEntries
{
    public static IEnumerable<Entry> Of(TenantContext tenant, LinkNote link, DateTimeOffset now) =>
        [Note(tenant, link, link.Child, now), Note(tenant, link, link.Parent, now)];

    private static Entry Note(TenantContext tenant, LinkNote link, string purchase, DateTimeOffset now)
    {
        var id = Ids.New("png_", now);
        var body = JsonSerializer.SerializeToUtf8Bytes(link, InboxJson.Default.LinkNote);
        return new Entry(
            tenant.Id, id, EntrySource.Link, now, now, now, 0,
            RepeatKey.OfOwn(tenant.Secrets.Repeat, $"link|{purchase}|{link.Child}|{link.Parent}|{link.Kind}"),
            "application/json", null, BodySeal.Seal(tenant, id, body), Purchase: purchase);
    }
}
