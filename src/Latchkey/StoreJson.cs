using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Latchkey.Licenses;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Rights;
using Latchkey.Subjects;
using Latchkey.Tenants;

namespace Latchkey;

/// <summary>One key of a license, as its row keeps it.</summary>
internal sealed record KeyJson(
    [property: JsonPropertyName("lookup")] byte[] Lookup,
    [property: JsonPropertyName("foreign")] bool Foreign,
    [property: JsonPropertyName("retired")] bool Retired,
    [property: JsonPropertyName("sealed")] byte[]? Sealed)
{
    public static KeyJson Of(LicenseKeyRow key) => new(key.Lookup, key.Foreign, key.Retired, key.Sealed);

    public LicenseKeyRow ToRow(string tenant, string license) => new(tenant, Lookup, license, Foreign, Retired, Sealed);
}

/// <summary>
/// Lists inside rows. What is folded is written in the domain's own shape: renaming a property there
/// takes a replay, which gives the same rows again. Defaults are left out.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<Hold>))]
[JsonSerializable(typeof(IReadOnlyList<Charge>))]
[JsonSerializable(typeof(IReadOnlyList<KeyJson>))]
[JsonSerializable(typeof(IReadOnlyList<ProductRights>))]
[JsonSerializable(typeof(LinkTerms))]
[JsonSerializable(typeof(Brand))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    public const string Empty = "[]";

    public static string Write<T>(IReadOnlyList<T> list, JsonTypeInfo<IReadOnlyList<T>> type) =>
        list.Count == 0 ? Empty : JsonSerializer.Serialize(list, type);

    public static IReadOnlyList<T> Read<T>(string text, JsonTypeInfo<IReadOnlyList<T>> type) =>
        text == Empty ? [] : JsonSerializer.Deserialize(text, type)!;

    public static string Write(IReadOnlyList<string> list) => Write(list, Default.IReadOnlyListString);

    public static IReadOnlyList<string> ReadStrings(string text) => Read(text, Default.IReadOnlyListString);
}
