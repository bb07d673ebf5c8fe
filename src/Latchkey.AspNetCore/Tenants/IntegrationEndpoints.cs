using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Web;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Tenants;

/// <param name="From"><c>url_params</c> or <c>custom_field</c>.</param>
/// <param name="Name">Of the parameter or the field.</param>
internal sealed record SubjectFieldBody(
    [property: JsonPropertyName("from")] string? From,
    [property: JsonPropertyName("name")] string? Name);

/// <param name="Name">At most 80 characters; the tenant's when left out.</param>
/// <param name="Color">As <c>#rrggbb</c>.</param>
/// <param name="LogoUrl">An https address.</param>
internal sealed record BrandBody(
    [property: JsonPropertyName("name")] string? Name = null,
    [property: JsonPropertyName("color")] string? Color = null,
    [property: JsonPropertyName("logo_url")] string? LogoUrl = null);

/// <param name="SellerId">The <c>seller_id</c> that pings carry; null takes every seller's.</param>
/// <param name="Enabled">False answers every ping with 404.</param>
/// <param name="TestPurchases">Whether the seller's own purchases make (test) licenses.</param>
/// <param name="SmtpFrom">The sender of this tenant's mails.</param>
/// <param name="Subject">Where buyers bring the seller's own user id from; null: rights belong to e-mail addresses.</param>
/// <param name="AllowedOrigins">Of pages that may open streams from a browser.</param>
/// <param name="Brand">How the pages look that buyers see; null: plain.</param>
internal sealed record IntegrationBody(
    [property: JsonPropertyName("seller_id")] string? SellerId = null,
    [property: JsonPropertyName("enabled")] bool? Enabled = null,
    [property: JsonPropertyName("test_purchases")] bool? TestPurchases = null,
    [property: JsonPropertyName("smtp_from")] string? SmtpFrom = null,
    [property: JsonPropertyName("subject")] SubjectFieldBody? Subject = null,
    [property: JsonPropertyName("allowed_origins")] IReadOnlyList<string>? AllowedOrigins = null,
    [property: JsonPropertyName("brand")] BrandBody? Brand = null)
{
    /// <summary>What a GET says besides: sent back, it changes nothing.</summary>
    [JsonPropertyName("has_gumroad_access_token")]
    public bool? HasGumroadAccessToken { get; init; }

    /// <summary>As <see cref="HasGumroadAccessToken"/>.</summary>
    [JsonPropertyName("has_subject_secret")]
    public bool? HasSubjectSecret { get; init; }

    /// <summary>For Gumroad's API. Left out: the one that is set stays; null: it is removed.</summary>
    [JsonPropertyName("gumroad_access_token")]
    public string? GumroadAccessToken
    {
        get;
        set
        {
            field = value;
            NamesGumroadToken = true;
        }
    }

    /// <summary>Signs user ids that pass through Gumroad; <c>generate</c> makes one. Left out: the one that is set stays; null: it is removed.</summary>
    [JsonPropertyName("subject_secret")]
    public string? SubjectSecret
    {
        get;
        set
        {
            field = value;
            NamesSubjectSecret = true;
        }
    }

    [JsonIgnore]
    public bool NamesGumroadToken { get; private set; }

    [JsonIgnore]
    public bool NamesSubjectSecret { get; private set; }
}

/// <param name="SubjectSecret">Only in the answer to the request that had it made.</param>
internal sealed record IntegrationReply(
    [property: JsonPropertyName("seller_id")] string? SellerId,
    [property: JsonPropertyName("enabled")] bool Enabled,
    [property: JsonPropertyName("test_purchases")] bool TestPurchases,
    [property: JsonPropertyName("smtp_from")] string? SmtpFrom,
    [property: JsonPropertyName("has_gumroad_access_token")] bool HasGumroadAccessToken,
    [property: JsonPropertyName("subject")] SubjectFieldBody? Subject,
    [property: JsonPropertyName("has_subject_secret")] bool HasSubjectSecret,
    [property: JsonPropertyName("allowed_origins")] IReadOnlyList<string> AllowedOrigins,
    [property: JsonPropertyName("brand")] BrandBody? Brand,
    [property: JsonPropertyName("subject_secret"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? SubjectSecret = null);

/// <summary>How the tenant is tied to Gumroad. A PUT replaces what it names and sets the rest to its default; secrets stay until they are named.</summary>
internal static class IntegrationEndpoints
{
    public static void MapIntegration(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/integration").WithTags("Integration");
        group.MapGet("", Get).RequireScope(Scopes.Read).WithName("GetIntegration").Produces<IntegrationReply>();
        group.MapPut("", PutAsync).RequireScope(Scopes.Write).WithName("PutIntegration").Accepts<IntegrationBody>("application/json").Produces<IntegrationReply>();
    }

    private static IResult Get(HttpContext http) => Reply(Caller.TenantOf(http).Integration);

    private static async Task<IResult> PutAsync(HttpContext http, TenantAdmin admin, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.IntegrationBody);
        if (problem is not null || IntegrationInput.Fault(body!) is { } fault && (problem = fault) is not null)
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http);
        var generated = body!.SubjectSecret == IntegrationInput.Generate ? IntegrationInput.NewSecret() : null;
        var integration = IntegrationInput.IntegrationOf(tenant, body, generated);
        await admin.SetIntegrationAsync(tenant.Id, integration, CancellationToken.None);
        await audit.WriteAsync(http, tenant.Id, "integration.put", null);
        return Reply(integration, generated);
    }

    private static IResult Reply(Integration i, string? generated = null) => WebJson.Ok(
        new IntegrationReply(
            i.SellerId, i.Enabled, i.TestPurchases, i.SmtpFrom, i.SealedGumroadToken is not null,
            i.Subject is { } subject ? new SubjectFieldBody(subject.From == SubjectSource.UrlParam ? "url_params" : "custom_field", subject.Name) : null,
            i.SealedSubjectSecret is not null, i.AllowedOrigins,
            i.Brand is { } brand ? new BrandBody(brand.Name, brand.Color, brand.LogoUrl) : null, generated),
        WebJson.Default.IntegrationReply);
}
