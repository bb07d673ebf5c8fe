using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Gumroad.Pings;
using Latchkey.Inbox;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Inbox;

internal record EntrySummary(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("received_at")] DateTimeOffset ReceivedAt,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("resource")] string? Resource,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("purchase")] string? Purchase,
    [property: JsonPropertyName("repeats")] int Repeats,
    [property: JsonPropertyName("first_seen_at")] DateTimeOffset FirstSeenAt,
    [property: JsonPropertyName("last_seen_at")] DateTimeOffset LastSeenAt);

/// <param name="Body">The text as it came; license keys are masked unless revealed.</param>
/// <param name="Decoded">Nested, all values text; null when it cannot be decoded.</param>
internal sealed record EntryReply(
    string Id, DateTimeOffset ReceivedAt, string Source, string? Resource, string Status, string? Reason, string? Purchase, int Repeats,
    DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt,
    [property: JsonPropertyName("content_type")] string? ContentType,
    [property: JsonPropertyName("body")] string Body,
    [property: JsonPropertyName("decoded")] JsonNode? Decoded)
    : EntrySummary(Id, ReceivedAt, Source, Resource, Status, Reason, Purchase, Repeats, FirstSeenAt, LastSeenAt);

/// <summary>The inbox, for the seller to look into.</summary>
internal static partial class EntryEndpoints
{
    public static void MapEntries(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/pings").WithTags("Pings");
        group.MapGet("", ListAsync).RequireScope(Scopes.Read).WithName("ListPings").Produces<Page<EntrySummary>>();
        group.MapGet("/{id}", GetAsync).RequireScope(Scopes.Read).WithName("GetPing").Produces<EntryReply>().ProducesProblem(404);
        group.MapPost("/{id}/replay", ReplayAsync).RequireScope(Scopes.Write).WithName("ReplayPing").Produces(202).ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, IInboxStore inbox)
    {
        if (!PageQuery.TryRead(http, out var page, out var problem))
        {
            return problem;
        }

        EntryStatus? status = null;
        if (http.Request.Query["status"].ToString() is { Length: > 0 } text)
        {
            status = StatusOf(text);
            if (status is null)
            {
                return Problems.Invalid("status", "status is received, applied, held, ignored or failed.");
            }
        }

        var rows = await inbox.ListAsync(Caller.TenantOf(http).Id, status, page.After, page.Fetch, http.RequestAborted);
        return WebJson.Ok(page.Cut(rows, e => e.Id, SummaryOf), WebJson.Default.PageEntrySummary);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext http, IInboxStore inbox, Audit audit)
    {
        var reveal = http.Request.Query["reveal"] == "true";
        if (reveal && !Caller.Of(http).May(Scopes.Licenses))
        {
            return Problems.MissingScope(Scopes.Licenses); // a key in a ping is the same key as in a license
        }

        var tenant = Caller.TenantOf(http);
        if (await inbox.FindAsync(tenant.Id, id, http.RequestAborted) is not { Source: not EntrySource.Baked } entry)
        {
            return Problems.NotFound("ping");
        }

        if (reveal)
        {
            await audit.WriteAsync(http, tenant.Id, "ping.reveal", id);
        }

        return WebJson.Ok(ReplyOf(tenant, entry, reveal), WebJson.Default.EntryReply);
    }

    private static async Task<IResult> ReplayAsync(string id, HttpContext http, IInboxStore inbox, FoldSignal signal, Audit audit)
    {
        var tenant = Caller.TenantOf(http);
        if (!await inbox.ReplayAsync(tenant.Id, id, CancellationToken.None))
        {
            return Problems.NotFound("ping");
        }

        signal.Poke();
        await audit.WriteAsync(http, tenant.Id, "ping.replay", id);
        return Results.Accepted();
    }

    private static EntryStatus? StatusOf(string text) => text switch
    {
        "received" => EntryStatus.Received,
        "applied" => EntryStatus.Applied,
        "held" => EntryStatus.Held,
        "ignored" => EntryStatus.Ignored,
        "failed" => EntryStatus.Failed,
        _ => null,
    };

    private static EntrySummary SummaryOf(Entry e) => new(
        e.Id, e.ReceivedAt, e.Source.ToString().ToLowerInvariant(), e.Resource, e.Status.ToString().ToLowerInvariant(), e.Reason, e.Purchase,
        e.Repeats, e.FirstSeenAt, e.LastSeenAt);

    private static EntryReply ReplyOf(TenantContext tenant, Entry entry, bool reveal)
    {
        var s = SummaryOf(entry);
        var bytes = BodySeal.Open(tenant, entry.Id, entry.SealedBody);
        var body = Encoding.UTF8.GetString(bytes);
        var decoded = DecodedOf(entry, bytes);
        return new(
            s.Id, s.ReceivedAt, s.Source, s.Resource, s.Status, s.Reason, s.Purchase, s.Repeats, s.FirstSeenAt, s.LastSeenAt, entry.ContentType,
            reveal ? body : Masked(body),
            decoded is null ? null : JsonNode.Parse(reveal ? decoded : Masked(decoded)));
    }

    private static string? DecodedOf(Entry entry, byte[] body)
    {
        if (entry.Source == EntrySource.Seller || entry.Truncated || PingDecoder.Decode(body, entry.ContentType) is not PingDecoding.Decoded decoded)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            decoded.Root.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Masked(string text) => ShopKey().Replace(text, m => $"********-********-********-***{m.Value[^5..]}");

    /// <summary>Gumroad's own key format, wherever in a body it stands; a form or a JSON text may write its hyphens as escapes.</summary>
    [GeneratedRegex(@"[0-9A-Fa-f]{8}(?:(?:-|%2[Dd]|\\u002[Dd])[0-9A-Fa-f]{8}){3}")]
    private static partial Regex ShopKey();
}
