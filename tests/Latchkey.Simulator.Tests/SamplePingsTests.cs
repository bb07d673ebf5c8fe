using System.Text.Json.Nodes;

namespace Latchkey.Simulator.Tests;

public sealed class SamplePingsTests
{
    public static TheoryData<string> Resources => [.. PingResources.All];

    [Theory]
    [MemberData(nameof(Resources))]
    public void Every_resource_has_a_sample_with_ids_of_its_own(string resource)
    {
        var sample = SamplePings.Create(resource);
        var id = sample.ContainsKey("sale_id") ? "sale_id" : "subscription_id";
        Assert.Equal(resource, (string?)sample["resource_name"]);
        Assert.NotEqual((string?)sample[id], (string?)SamplePings.Create(resource)[id]);
        Assert.Equal((string?)sample["product_id"], (string?)SamplePings.Create(resource)["product_id"]);
    }

    [Fact]
    public void Overrides_reach_inwards_and_keep_types()
    {
        var sample = SamplePings.Create(
            "subscription_updated",
            ["user_email=a=b@example.org", "custom_fields[First. name=]=Mara", "old_plan.tier.name=Old", "new_plan[quantity]=3", "purchase_ids[]=x==", "brand_new="]);
        Assert.Equal("a=b@example.org", (string?)sample["user_email"]);
        Assert.Equal("Mara", (string?)sample["custom_fields"]!["First. name="]);
        Assert.Equal("Old", (string?)sample["old_plan"]!["tier"]!["name"]);
        Assert.Equal(3, (long)sample["new_plan"]!["quantity"]!);
        Assert.Equal("x==", (string?)sample["purchase_ids"]!.AsArray()[^1]);
        Assert.Equal("", (string?)sample["brand_new"]);
        Assert.True((bool)SamplePings.Create("sale", ["refunded=true"])["refunded"]!);
        Assert.IsType<JsonObject>(SamplePings.Create("sale", ["card.type=paypal"])["card"]);
    }

    [Theory]
    [InlineData("no value")]
    [InlineData("=x")]
    [InlineData("a[b=c")]
    [InlineData("a..b=c")]
    public void Anything_else_is_refused(string assignment) =>
        Assert.Throws<ArgumentException>(() => SamplePings.Create("sale", [assignment]));

    [Fact]
    public void An_unknown_resource_is_refused() => Assert.Throws<ArgumentException>(() => SamplePings.Create("sales"));
}
