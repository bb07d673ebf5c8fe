using System.Text.Json.Serialization;

namespace Latchkey.Gumroad.Api;

internal sealed record LicenseAnswer
{
    [JsonPropertyName("uses")]
    public int? Uses { get; init; }

    [JsonPropertyName("purchase")]
    public LicensePurchase? Purchase { get; init; }

    [JsonPropertyName("imported_customer")]
    public ImportedBuyer? ImportedCustomer { get; init; }
}
