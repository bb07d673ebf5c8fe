using System.Text;
using Latchkey.Keys;
using Latchkey.PurchaseLinks;
using Latchkey.Tenants;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>The app's own data with a link: JSON, sealed under the tenant's data key, for this link alone.</summary>
internal static class LinkData
{
    public const int MaxBytes = 64 * 1024;

    public static byte[]? Seal(TenantContext tenant, string link, byte[]? json) =>
        json is null ? null : SecretBox.Seal(tenant.Secrets.Data, json, Place(tenant, link));

    /// <returns>The JSON text; null when the app gave none.</returns>
    public static byte[]? Open(TenantContext tenant, PurchaseLink link) =>
        link.SealedData is { } box ? SecretBox.Open(tenant.Secrets.Data, box, Place(tenant, link.Id)) : null;

    private static byte[] Place(TenantContext tenant, string link) => Encoding.UTF8.GetBytes($"{tenant.Id}|{link}");
}
