using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Web;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Tenants;

/// <param name="SellerId">The <c>seller_id</c> that pings carry; null takes every seller's.</param>
/// <param name="Enabled">False answers every ping with 404.</param>
/// <param name="TestPurchases">Whether the seller's own purchases make (test) licenses.</param>
/// <param name="SmtpFrom">The sender of this tenant's mails.</param>
internal sealed record IntegrationBody(
    [property: JsonPropertyName("seller_id")] string? SellerId,
    [property: JsonPropertyName("enabled")] bool? Enabled,
    [property: JsonPropertyName("test_purchases")] bool? TestPurchases,
    [property: JsonPropertyName("smtp_from")] string? SmtpFrom);

/// <summary>How the tenant is tied to Gumroad. A PUT replaces what it names and sets the rest to its default.</summary>
internal static class IntegrationEndpoints
{
    public static void MapIntegration(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/integration").WithTags("Integration");
        group.MapGet("", Get).RequireScope(Scopes.Read).WithName("GetIntegration").Produces<IntegrationBody>();
        group.MapPut("", PutAsync).RequireScope(Scopes.Write).WithName("PutIntegration").Accepts<IntegrationBody>("application/json").Produces<IntegrationBody>();
    }

    private static IResult Get(HttpContext http) => Reply(Caller.TenantOf(http).Integration);

    private static async Task<IResult> PutAsync(HttpContext http, TenantAdmin admin, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.IntegrationBody);
        if (problem is not null)
        {
            return problem;
        }

        if (body!.SellerId is { } seller && (seller.Length is 0 or > 64 || seller.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '='))))
        {
            return Problems.Invalid("seller_id", "seller_id is what Gumroad's pings carry under that name: letters, digits, '-', '_' and '='.");
        }

        if (body.SmtpFrom is { } from && !System.Net.Mail.MailAddress.TryCreate(from, out _))
        {
            return Problems.Invalid("smtp_from", "smtp_from is a mail address, for example 'Acme Audio <keys@acme.example>'.");
        }

        var tenant = Caller.TenantOf(http).Id;
        var integration = new Integration(body.SellerId, body.Enabled ?? true, body.TestPurchases ?? true, body.SmtpFrom);
        await admin.SetIntegrationAsync(tenant, integration, CancellationToken.None);
        await audit.WriteAsync(http, tenant, "integration.put", null);
        return Reply(integration);
    }

    private static IResult Reply(Integration i) =>
        WebJson.Ok(new IntegrationBody(i.SellerId, i.Enabled, i.TestPurchases, i.SmtpFrom), WebJson.Default.IntegrationBody);
}
