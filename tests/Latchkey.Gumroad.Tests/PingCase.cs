using System.Text;
using System.Text.Json;

namespace Latchkey.Gumroad.Tests;

/// <summary>One captured body and what must come out of it; the files stand in Cases/.</summary>
public sealed record PingCase(string Name, byte[] Body, JsonElement Expected)
{
    public const string Form = "application/x-www-form-urlencoded";
    public const string Json = "application/json";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases");

    /// <summary>The form bodies; Expected has pairs, decoded, kind and, unless synthetic, source.</summary>
    public static IReadOnlyList<PingCase> Forms { get; } = Load("pings", "form");

    /// <summary>The JSON bodies; Expected is their value.</summary>
    public static IReadOnlyList<PingCase> Jsons { get; } = Load("pings_json", "body");

    public static TheoryData<string> FormNames => [.. Forms.Select(c => c.Name)];

    public static TheoryData<string> DeliveryNames => [.. Forms.Where(c => c.Kind == "delivery").Select(c => c.Name)];

    public static TheoryData<string> SourcedNames => [.. Forms.Where(c => c.Kind != "synthetic").Select(c => c.Name)];

    public static TheoryData<string> JsonNames => [.. Jsons.Select(c => c.Name)];

    public string Kind => Expected.GetProperty("kind").GetString()!;

    public JsonElement Source => Expected.GetProperty("source");

    /// <summary>The case's payload as Gumroad's JSON form would carry it.</summary>
    public byte[] SourceAsJson => Encoding.UTF8.GetBytes(Source.GetRawText());

    public static PingCase OfForm(string name) => Forms.Single(c => c.Name.StartsWith(name, StringComparison.Ordinal));

    public static PingCase OfJson(string name) => Jsons.Single(c => c.Name == name);

    private static PingCase[] Load(string folder, string extension) =>
    [
        .. Directory.GetFiles(Path.Combine(Folder, folder), $"*.{extension}").Order(StringComparer.Ordinal).Select(file => new PingCase(
            Path.GetFileNameWithoutExtension(file),
            File.ReadAllBytes(file),
            JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(file, "json"))).RootElement)),
    ];
}
