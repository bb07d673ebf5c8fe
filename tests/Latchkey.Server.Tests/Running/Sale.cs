using System.Text;
using System.Text.Json.Nodes;
using Latchkey.Gumroad.Pings;
using Latchkey.Simulator;

namespace Latchkey.Server.Tests.Running;

/// <summary>A sale at Gumroad, and the pings it causes later.</summary>
public sealed record Sale(JsonObject Payload)
{
    private static int _serial;

    /// <summary>The one product that shops sell, as Gumroad knows it.</summary>
    public static SimulatedProduct Product => SimulatedProduct.Catalog[0];

    public string Id => (string)Payload["sale_id"]!;

    public string Email => (string)Payload["email"]!;

    /// <summary>The key that Gumroad printed on the receipt.</summary>
    public string GumroadKey => (string)Payload["license_key"]!;

    /// <summary>A new sale to a buyer of its own.</summary>
    public static Sale New(params string[] overrides) =>
        new(SamplePings.Create("sale", [$"email=mara.ito+{Interlocked.Increment(ref _serial)}@example.org", .. overrides]));

    /// <summary>The same sale in a later ping.</summary>
    public byte[] Form(string resource = "sale", params string[] flags)
    {
        var payload = (JsonObject)Payload.DeepClone();
        payload["resource_name"] = resource;
        foreach (var flag in flags)
        {
            payload[flag] = true;
        }

        return PingEncoder.ToForm(payload);
    }

    /// <summary>The payload as it stands, even where it does not name its resource.</summary>
    public byte[] FormBytes() => PingEncoder.ToForm(Payload);

    public byte[] Json() => PingEncoder.ToJson(Payload);

    /// <summary>The same sale, less one field.</summary>
    public Sale Without(string field)
    {
        var payload = (JsonObject)Payload.DeepClone();
        payload.Remove(field);
        return new(payload);
    }

    public string FormText() => Encoding.UTF8.GetString(Form());
}
