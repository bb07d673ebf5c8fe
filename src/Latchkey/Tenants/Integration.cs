using System.Text.Json.Serialization;

namespace Latchkey.Tenants;

/// <summary>How a tenant is tied to Gumroad.</summary>
/// <param name="SellerId">The seller's id as pings carry it. When set, a sale of another seller is held.</param>
/// <param name="Enabled">False answers every ping with the one 404.</param>
/// <param name="TestPurchases">Whether the seller's purchases of his own products make (test) licenses.</param>
/// <param name="SmtpFrom">The sender of this tenant's mails; the installation's when null.</param>
internal sealed record Integration(string? SellerId = null, bool Enabled = true, bool TestPurchases = true, string? SmtpFrom = null)
{
    public static Integration Default { get; } = new();

    /// <summary>Where buyers bring the seller's own user id from; null: rights belong to e-mail addresses.</summary>
    public SubjectField? Subject { get; init; }

    /// <summary>The secret that signs user ids, sealed under the tenant's data key; null: they are taken unsigned.</summary>
    public byte[]? SealedSubjectSecret { get; init; }

    /// <summary>The access token for Gumroad's API, sealed under the tenant's data key; null: Gumroad cannot be asked.</summary>
    public byte[]? SealedGumroadToken { get; init; }

    /// <summary>Origins of pages that may open streams from a browser, as in <c>https://app.example</c>.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>How the pages look that the seller's buyers see; null: plain.</summary>
    public Brand? Brand { get; init; }
}

/// <param name="Name">At most 80 characters; the tenant's when null.</param>
/// <param name="Color">As <c>#rrggbb</c>.</param>
/// <param name="LogoUrl">An https address.</param>
internal sealed record Brand(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("color")] string? Color,
    [property: JsonPropertyName("logo_url")] string? LogoUrl);

/// <param name="Name">The name of the parameter or field.</param>
internal sealed record SubjectField(SubjectSource From, string Name);

internal enum SubjectSource
{
    /// <summary>A query parameter of the product page.</summary>
    UrlParam,

    /// <summary>A checkout field.</summary>
    CustomField,
}
