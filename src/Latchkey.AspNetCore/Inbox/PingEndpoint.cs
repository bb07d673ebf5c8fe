using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization;
using Latchkey.AspNetCore.GumroadPings;
using Latchkey.AspNetCore.Web;
using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Latchkey.AspNetCore.Inbox;

/// <summary>The reply to a ping.</summary>
internal sealed record PingReply(
    [property: JsonPropertyName("received")] bool Received,
    [property: JsonPropertyName("duplicate")] bool Duplicate,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("licenses"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PingLicense>? Licenses = null);

internal sealed record PingLicense(
    [property: JsonPropertyName("product")] string Product,
    [property: JsonPropertyName("key_type")] string KeyType,
    [property: JsonPropertyName("key")] string Key);

/// <summary>
/// Where Gumroad's pings arrive. It checks the address, keeps the bytes, answers; everything else happens later.
/// A wrong address is a 404 for good; whatever comes to a right one is a 200 once it is stored, and a 503 until then.
/// </summary>
internal static partial class PingEndpoint
{
    private const int RetryAfterSeconds = 60;

    public static void MapPings(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/gumroad/{tenant}", (RequestDelegate)ReceiveAsync).WithName("ReceivePing").WithTags("Gumroad").ExcludeFromDescription();

    private static async Task ReceiveAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var time = services.GetRequiredService<TimeProvider>();
        var known = await services.GetRequiredService<TenantDirectory>().FindAsync((string)http.GetRouteValue("tenant")!, http.RequestAborted);
        var token = Credentials.Match(known, TokenKind.Ping, PingRequest.SecretOf(http), time.GetUtcNow());
        if (token is null || known is not { TakesPings: true } tenant)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // A body that is too long is kept in part and held, never refused.
        var (buffer, length, truncated) = await PingRequest.ReadAsync(http, Receiver.MaxBodyBytes);
        var came = time.GetUtcNow();
        try
        {
            var receipt = await services.GetRequiredService<Receiver>().ReceiveAsync(
                tenant, buffer.AsMemory(0, length), truncated, http.Request.ContentType, http.Request.Query["resource"]);
            await AnswerAsync(http, tenant, receipt, came);
        }
        catch (StoreBusyException e)
        {
            Log.NotStored(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PingEndpoint)), tenant.Id, e.Message);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task AnswerAsync(HttpContext http, TenantContext tenant, Receipt receipt, DateTimeOffset came)
    {
        var licenses = MayHaveKeys(http, tenant) ? await LicensesAsync(http, tenant, receipt, came) : null;
        var reply = new PingReply(true, receipt.Duplicate, receipt.Id, licenses);
        http.Response.ContentType = "application/json";
        WriteReply(http.Response.BodyWriter, reply);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static void WriteReply(PipeWriter to, PingReply reply)
    {
        using var json = new Utf8JsonWriter(to);
        JsonSerializer.Serialize(json, reply, WebJson.Default.PingReply);
    }

    private static bool MayHaveKeys(HttpContext http, TenantContext tenant) =>
        http.Request.Headers.Authorization.Count > 0
        && Credentials.Match(tenant, TokenKind.Api, Authorization.BearerOf(http), http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow())
            is { } token
        && token.Scopes.Contains(Scopes.PingKeys);

    /// <summary>For a forwarder that mails the keys itself: waits for the fold, then gives the keys of the purchase.</summary>
    /// <param name="came">Storing and folding share one patience, or both together would outlast Gumroad's.</param>
    private static async Task<IReadOnlyList<PingLicense>> LicensesAsync(
        HttpContext http, TenantContext tenant, Receipt receipt, DateTimeOffset came)
    {
        var actions = http.RequestServices.GetRequiredService<SellerActions>();
        var entry = await actions.FoldedAsync(tenant.Id, receipt.Id, came, http.RequestAborted);
        if (entry is not { Status: EntryStatus.Applied, Purchase: { } purchase })
        {
            return [];
        }

        var store = http.RequestServices.GetRequiredService<ILicenseStore>();
        var replies = new List<PingLicense>();
        foreach (var license in await store.ListAsync(tenant.Id, new LicenseFilter(Purchase: purchase), null, 100, http.RequestAborted))
        {
            if (await actions.RevealAsync(tenant, license.Id, http.RequestAborted) is { } key)
            {
                replies.Add(new(license.Product, license.KeyType, key));
            }
        }

        return replies;
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Warning, "A ping for {Tenant} was not stored and answered 503, so that Gumroad sends it again: {Why}")]
        public static partial void NotStored(ILogger logger, string tenant, string why);
    }
}
