using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Gumroad.Pings;

namespace Latchkey.Gumroad.Tests;

/// <summary>The cases were written by Gumroad's own form encoder; we must write the same bytes.</summary>
public sealed class PingEncoderTests
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "Cases");

    public static TheoryData<string> Forms => [.. Names("pings").Where(name => Read("pings", name)["source"] is JsonObject)];

    public static TheoryData<string> Jsons => [.. Names("pings_json")];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_is_written_as_Gumroad_writes_it(string name) =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(Cases, "pings", name + ".form")),
            Encoding.UTF8.GetString(PingEncoder.ToForm(Read("pings", name)["source"]!.AsObject())));

    [Theory]
    [MemberData(nameof(Jsons))]
    public void Json_is_written_as_Gumroad_writes_it(string name) =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(Cases, "pings_json", name + ".body")),
            Encoding.UTF8.GetString(PingEncoder.ToJson(Read("pings_json", name))));

    [Fact]
    public void The_cases_are_all_there()
    {
        Assert.Equal(35, Forms.Count);
        Assert.Equal(3, Jsons.Count);
    }

    [Theory]
    [InlineData("""{"a":[],"b":{"c":[]},"d":{},"e":null}""", "a%5B%5D=&e=")]
    [InlineData("""{"a":{"list":["x",["y"]],"deep":{"k":true},"n":-1}}""", "a%5Blist%5D%5B%5D=x&a%5Blist%5D%5B%5D%5B%5D=y&a%5Bn%5D=-1&a%5Bdeep%5D%5Bk%5D=true")]
    [InlineData("""{"[x]":"*()!'~+ "}""", "%255Bx%255D=%2A%28%29%21%27~%2B%20")]
    [InlineData("{}", "")]
    public void Corners_of_the_form(string payload, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(PingEncoder.ToForm(JsonNode.Parse(payload)!.AsObject())));

    [Fact]
    public void Json_made_in_code_is_written_like_json_that_was_read()
    {
        var payload = new JsonObject { ["a\"b"] = "x\\\n\u0001\u2028😀é", ["n"] = 12, ["flag"] = true, ["none"] = null, ["list"] = new JsonArray(1, "<") };
        Assert.Equal(
            """{"a\"b":"x\\\n\u0001\u2028😀é","n":12,"flag":true,"none":null,"list":[1,"\u003c"]}""",
            Encoding.UTF8.GetString(PingEncoder.ToJson(payload)));
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.GetFiles(Path.Combine(Cases, folder), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    private static JsonObject Read(string folder, string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Cases, folder, name + ".json")))!.AsObject();
}
