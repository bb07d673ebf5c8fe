using System.Text.Json;
using Latchkey.Contracts.Api;
using Latchkey.Contracts.Leases;

namespace Latchkey.Contracts.Tests.Api;

public sealed class WireTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Activation_is_asked_for_as_the_contract_says()
    {
        var request = JsonSerializer.Deserialize("""
            {"key":"ACME-1","product":"studio","device":{"hash":"h","name":"Mara's laptop","platform":"win","app_version":"2.1"},"nonce":"n","more":1}
            """, ContractsJson.Default.ActivateRequest)!;

        Assert.Equal(new("ACME-1", "studio", "n", null), (request.Key, request.Product, request.Nonce, request.ActivationId));
        Assert.Equal(new() { Hash = "h", Name = "Mara's laptop", Platform = "win", AppVersion = "2.1" }, request.Device);
    }

    [Fact]
    public void Activation_is_answered_as_the_contract_says()
    {
        var reply = new ActivateReply
        {
            Created = true,
            Activation = new() { Id = "act_1", Name = "Laptop", CreatedAt = At },
            License = new() { Id = "lic_1", State = "active", Tier = "pro", Entitlements = ["export"], Limit = 3, Used = 1 },
            Lease = "e.y.J",
        };

        Assert.Equal(
            """{"created":true,"activation":{"id":"act_1","name":"Laptop","created_at":"2026-01-02T03:04:05+00:00"},"license":{"id":"lic_1","state":"active","tier":"pro","entitlements":["export"],"expires_at":null,"limit":3,"used":1},"lease":"e.y.J"}""",
            JsonSerializer.Serialize(reply, ContractsJson.Default.ActivateReply).Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    [Fact]
    public void Verdict_has_all_its_names_also_when_empty() => Assert.Equal(
        """{"valid":false,"code":"key_not_found","reason":null,"license":null,"lease":null}""",
        JsonSerializer.Serialize(new() { Valid = false, Code = Codes.KeyNotFound }, ContractsJson.Default.ValidateReply));

    [Fact]
    public void Problem_leaves_out_what_it_does_not_know()
    {
        Assert.Equal(
            """{"type":"about:blank","code":"rate_limited","retry_after":3}""",
            JsonSerializer.Serialize(new() { Code = Codes.RateLimited, RetryAfter = 3 }, ContractsJson.Default.Problem));
        Assert.Equal(
            """{"type":"about:blank","code":"activation_limit_reached","limit":1,"used":1,"devices":[{"name":"Laptop","last_seen":null}],"portal":"https://p"}""",
            JsonSerializer.Serialize(
                new() { Code = Codes.ActivationLimitReached, Limit = 1, Used = 1, Devices = [new() { Name = "Laptop" }], Portal = "https://p" },
                ContractsJson.Default.Problem));
    }

    [Fact]
    public void Plain_key_set_is_what_JOSE_libraries_expect() => Assert.Equal(
        """{"keys":[{"kty":"OKP","crv":"Ed25519","x":"AQID","kid":"k1","alg":"EdDSA","use":"sig"}]}""",
        JsonSerializer.Serialize(new() { Keys = [Jwk.Of("k1", [1, 2, 3])] }, ContractsJson.Default.JwkSet));

    [Fact]
    public void Every_wire_property_says_its_name()
    {
        var unnamed = typeof(Problem).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == typeof(Problem).Namespace && !t.IsAssignableTo(typeof(System.Text.Json.Serialization.JsonSerializerContext)))
            .SelectMany(t => t.GetProperties())
            .Where(p => !p.IsDefined(typeof(System.Text.Json.Serialization.JsonPropertyNameAttribute), inherit: false))
            .Select(p => $"{p.DeclaringType!.Name}.{p.Name}");
        Assert.Empty(unnamed);
    }

    [Fact]
    public void Codes_are_unique_and_keep_to_their_alphabet()
    {
        var codes = typeof(Codes).GetFields().Select(f => (string)f.GetRawConstantValue()!).ToArray();

        Assert.Equal(24, codes.Length);
        Assert.Equal(codes, codes.Distinct());
        Assert.All(codes, c => Assert.Matches("^[a-z_]+$", c));
    }
}
