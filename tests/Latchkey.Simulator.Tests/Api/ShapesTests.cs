using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Tests.Api;

public class ShapesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases", "api");

    private static readonly Dictionary<string, ShapeCase> Cases =
        AccountShapes.All.Concat(ProductShapes.All).Concat(LicenseShapes.All).Concat(SaleShapes.All).ToDictionary();

    public static TheoryData<string> Names => [.. Cases.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_simulator_gives_the_sample_answer(string name)
    {
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, name + ".json")))!;
        var shape = Cases[name];
        await using var shop = await ApiShop.OpenAsync(shape.Options());

        using var answer = await shape.Play(shop);

        Assert.Equal((int)file["status"]!, (int)answer.StatusCode);
        foreach (var (header, value) in file["headers"]!.AsObject())
        {
            Assert.Equal((string?)value, HeaderOf(answer, header));
        }

        var text = await answer.Content.ReadAsStringAsync();
        var body = text.Length == 0 ? null : JsonNode.Parse(text);
        Assert.Empty(Shape.Differences(file["body"], body, shape.MayDiffer));
    }

    [Fact]
    public void Every_sample_answer_has_its_story()
    {
        var files = Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

        Assert.Equal(files, Cases.Keys.Order(StringComparer.Ordinal));
    }

    private static string? HeaderOf(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values) || answer.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : null;
}
