using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Web;
using Latchkey.Mail;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Mail;

internal sealed record MailReply(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("license")] string License,
    [property: JsonPropertyName("template")] string Template,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("attempts")] int Attempts,
    [property: JsonPropertyName("error")] string? Error,
    [property: JsonPropertyName("created_at")] DateTimeOffset CreatedAt,
    [property: JsonPropertyName("sent_at")] DateTimeOffset? SentAt);

/// <summary>Mails owed and sent. Those that wait for a server are listed as waiting.</summary>
internal static class MailEndpoints
{
    public static void MapMails(this RouteGroupBuilder tenant) =>
        tenant.MapGet("/mails", ListAsync).RequireScope(Scopes.Read).WithName("ListMails").WithTags("Mails").Produces<Page<MailReply>>();

    private static async Task<IResult> ListAsync(HttpContext http, IMailStore mails)
    {
        if (!PageQuery.TryRead(http, out var page, out var problem))
        {
            return problem;
        }

        MailState? state = null;
        if (http.Request.Query["state"].ToString() is { Length: > 0 } text)
        {
            if (text is not ("waiting" or "sent" or "failed"))
            {
                return Problems.Invalid("state", "state is waiting, sent or failed.");
            }

            state = Enum.Parse<MailState>(text, ignoreCase: true);
        }

        var rows = await mails.ListAsync(Caller.TenantOf(http).Id, state, page.After, page.Fetch, http.RequestAborted);
        return WebJson.Ok(
            page.Cut(rows, m => m.Id, m => new MailReply(
                m.Id, m.License, m.Template.Split(':')[0], m.State.ToString().ToLowerInvariant(), m.Attempts, m.LastError, m.CreatedAt, m.SentAt)),
            WebJson.Default.PageMailReply);
    }
}
