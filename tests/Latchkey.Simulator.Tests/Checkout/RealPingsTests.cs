using System.Text.Json;

namespace Latchkey.Simulator.Tests.Checkout;

/// <summary>Every sample ping comes, byte for byte, out of a story played in the shop.</summary>
public sealed class RealPingsTests : SimulatorTest
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "Cases");

    private static readonly Dictionary<string, Scenario> Scenarios = SaleScenarios.All.Concat(MembershipScenarios.All).ToDictionary();

    public static TheoryData<string> Forms => [.. Scenarios.Keys.Where(name => !IsJson(name)).Order()];

    public static TheoryData<string> Jsons => [.. Scenarios.Keys.Where(IsJson).Order()];

    [Fact]
    public void Every_sample_ping_has_its_story()
    {
        var forms = Directory.EnumerateFiles(Path.Combine(Cases, "pings"), "*.json").Where(file => KindOf(file) != "synthetic");
        var jsons = Directory.EnumerateFiles(Path.Combine(Cases, "pings_json"), "*.body");
        Assert.Equal(forms.Concat(jsons).Select(Path.GetFileNameWithoutExtension).Order(), Scenarios.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_comes_out_of_its_story(string name)
    {
        var expected = new Received("POST", "/", new Dictionary<string, string>(), await File.ReadAllTextAsync(Path.Combine(Cases, "pings", name + ".form")));
        var actual = await PlayAsync(Scenarios[name], expected["resource_name"], isJson: false);
        var invented = Scenarios[name].Invented;
        if (invented.Count == 0)
        {
            Assert.Equal(expected.Body, actual.Body);
            return;
        }

        Assert.Equal(expected.Pairs.Select(pair => pair.Name), actual.Pairs.Select(pair => pair.Name));
        Assert.Equal(invented, expected.Pairs.Zip(actual.Pairs).Where(both => both.First != both.Second).Select(both => both.First.Name));
    }

    [Theory]
    [MemberData(nameof(Jsons))]
    public async Task A_json_body_comes_out_of_its_story(string name)
    {
        var expected = await File.ReadAllTextAsync(Path.Combine(Cases, "pings_json", name + ".body"));
        using var values = JsonDocument.Parse(expected);
        var actual = await PlayAsync(Scenarios[name], values.RootElement.GetProperty("resource_name").GetString(), isJson: true);
        Assert.Equal(expected, actual.Body);
    }

    private static bool IsJson(string name) => name.StartsWith('j');

    private static string? KindOf(string file)
    {
        using var description = JsonDocument.Parse(File.ReadAllText(file));
        return description.RootElement.GetProperty("kind").GetString();
    }

    private async Task<Received> PlayAsync(Scenario scenario, string? resource, bool isJson)
    {
        var options = new SimulatorOptions
        {
            Speed = 0,
            StartAt = scenario.StartAt,
            ShopUrl = new Uri("https://inkwellapps.gumroad.com/"),
            SellerId = LabelledIdentities.Id("seller"),
            Products = scenario.Products,
            OfferCodes = scenario.OfferCodes,
            PingUrl = resource is null ? Receiver.Url : null,
        };
        if (resource is not null)
        {
            options.Subscribe(resource, Receiver.Url);
        }

        var labels = scenario.Sales.Split(',');
        var owner = scenario.Owner ?? labels[0];
        await using var simulator = await GumroadSimulator.StartAsync(options, new LabelledIdentities(labels, owner, scenario.KeyOwner ?? owner), Limit);
        if (isJson)
        {
            simulator.Endpoints.StoreAsJson(simulator.Endpoints.List(resource!)[0].Id);
        }

        Receiver.AnswerStatus([.. Enumerable.Repeat(503, scenario.Failures)]);
        await scenario.Play(simulator);
        await simulator.WhenQuietAsync(Limit);
        return resource is null ? Receiver.Requests[^1] : Receiver.Requests.Where(ping => isJson || ping["resource_name"] == resource).ElementAt(^scenario.FromEnd);
    }
}
