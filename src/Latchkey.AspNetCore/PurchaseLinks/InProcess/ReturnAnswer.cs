using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Latchkey.Keys;
using Latchkey.PurchaseLinks;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>What the handler answered, as later returns get it. Cookies and other headers belonged to the one who came first.</summary>
internal sealed record ReturnAnswer(
    [property: JsonPropertyName("status")] int Status,
    [property: JsonPropertyName("location")] string? Location,
    [property: JsonPropertyName("content_type")] string? ContentType,
    [property: JsonPropertyName("body")] byte[] Body)
{
    /// <summary>Of a longer body nothing is kept.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The handler says that it could not do it.</summary>
    public bool IsRefusal => Status >= StatusCodes.Status400BadRequest;

    public byte[] Seal(TenantContext tenant, PurchaseLink link)
    {
        var kept = Body.Length <= MaxBytes ? this : this with { Body = [], ContentType = null };
        return SecretBox.Seal(tenant.Secrets.Data, JsonSerializer.SerializeToUtf8Bytes(kept, ReturnJson.Default.ReturnAnswer), Place(tenant, link));
    }

    public static ReturnAnswer Open(TenantContext tenant, PurchaseLink link, byte[] box) =>
        JsonSerializer.Deserialize(SecretBox.Open(tenant.Secrets.Data, box, Place(tenant, link)), ReturnJson.Default.ReturnAnswer)!;

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = ContentType;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Body.Length > 0)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, response.HttpContext.RequestAborted);
        }
    }

    private static byte[] Place(TenantContext tenant, PurchaseLink link) => Encoding.UTF8.GetBytes($"{tenant.Id}|{link.Id}|answer");
}

[JsonSerializable(typeof(ReturnAnswer))]
internal sealed partial class ReturnJson : JsonSerializerContext;
