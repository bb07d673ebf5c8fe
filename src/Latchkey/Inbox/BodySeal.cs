using System.Security.Cryptography;
using System.Text;
using Latchkey.Keys;
using Latchkey.Tenants;

namespace Latchkey.Inbox;

/// <summary>Bodies at rest: sealed under the tenant's data key, bound to their tenant and entry.</summary>
internal static class BodySeal
{
    // A cipher is expensive to set up and not safe to share; one per thread and key is both cheap and correct.
    [ThreadStatic]
    private static (byte[] Key, AesGcm Aes)? _cached;

    public static byte[] Seal(TenantContext tenant, string entryId, ReadOnlySpan<byte> body)
    {
        Span<byte> place = stackalloc byte[128];
        return SecretBox.Seal(AesOf(tenant), body, Place(tenant.Id, entryId, place));
    }

    /// <exception cref="CryptographicException">The row is damaged or stands in another's place.</exception>
    public static byte[] Open(TenantContext tenant, string entryId, ReadOnlySpan<byte> box)
    {
        Span<byte> place = stackalloc byte[128];
        return SecretBox.Open(AesOf(tenant), box, Place(tenant.Id, entryId, place));
    }

    private static AesGcm AesOf(TenantContext tenant)
    {
        if (_cached is { } cached && ReferenceEquals(cached.Key, tenant.Secrets.Data))
        {
            return cached.Aes;
        }

        _cached?.Aes.Dispose();
        var aes = new AesGcm(tenant.Secrets.Data, 16);
        _cached = (tenant.Secrets.Data, aes);
        return aes;
    }

    private static ReadOnlySpan<byte> Place(string tenant, string entryId, Span<byte> into)
    {
        var length = Encoding.UTF8.GetBytes(tenant, into);
        into[length++] = (byte)'|';
        length += Encoding.UTF8.GetBytes(entryId, into[length..]);
        return into[..length];
    }
}
