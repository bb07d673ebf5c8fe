using System.Text;
using Latchkey.Keys;

namespace Latchkey.Tenants;

/// <summary>Secrets among a tenant's settings: ciphertext under the data key, bound to tenant and purpose.</summary>
internal static class IntegrationSecrets
{
    public const string SubjectPurpose = "subject-secret";
    public const string GumroadPurpose = "gumroad-token";

    public static byte[] Seal(string tenant, TenantSecrets secrets, string purpose, ReadOnlySpan<byte> secret) =>
        SecretBox.Seal(secrets.Data, secret, Place(tenant, purpose));

    public static byte[]? Open(string tenant, TenantSecrets secrets, string purpose, byte[]? box) =>
        box is null ? null : SecretBox.Open(secrets.Data, box, Place(tenant, purpose));

    private static byte[] Place(string tenant, string purpose) => Encoding.UTF8.GetBytes($"{tenant}|{purpose}");
}
