using System.Text.Json;
using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Hosting;

public sealed class OpenApiTests(SharedServer shared)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_description_is_the_approved_one() =>
        ApprovedFile.Matches((await DocumentAsync()).ToJsonString(Indented) + "\n", "openapi.v1.json");

    [Fact]
    public async Task It_is_OpenAPI_3_1_and_lists_routes_and_schemas()
    {
        var document = await DocumentAsync();
        Assert.StartsWith("3.1.", (string)document["openapi"]!, StringComparison.Ordinal);
        var paths = document["paths"]!.AsObject();
        string[] routes =
        [
            "post /v1/tenants", "patch /v1/tenants/{tenant}",
            "post /v1/tenants/{tenant}/licenses/activate", "post /v1/tenants/{tenant}/licenses/validate", "post /v1/tenants/{tenant}/licenses/deactivate",
            "get /v1/tenants/{tenant}/keyset", "get /v1/tenants/{tenant}/.well-known/jwks.json",
            "put /v1/tenants/{tenant}/rules", "get /v1/tenants/{tenant}/pings/{id}", "get /v1/tenants/{tenant}/purchases/{id}",
            "post /v1/tenants/{tenant}/licenses/{id}/reveal", "delete /v1/tenants/{tenant}/licenses/{id}/activations/{activation}",
        ];
        Assert.All(routes, (string route) => Assert.NotNull(paths[route.Split(' ')[1]]?[route.Split(' ')[0]]));
        Assert.All(["ActivateRequest", "ActivateReply", "ValidateReply", "LicenseReply", "RulesBody"], (string s) => Assert.NotNull(document["components"]!["schemas"]![s]));
        Assert.DoesNotContain("/webhooks", document.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_name_in_a_path_is_a_parameter_and_what_needs_a_token_says_so()
    {
        var document = await DocumentAsync();
        Assert.Equal("http", (string)document["components"]!["securitySchemes"]!["bearer"]!["type"]!);
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            var named = path.Split('/').Where(p => p.StartsWith('{')).Select(p => p.Trim('{', '}')).Order();
            Assert.All(item!.AsObject(), o => Assert.Equal(
                named, (o.Value!["parameters"]?.AsArray() ?? []).Where(p => (string)p!["in"]! == "path").Select(p => (string)p!["name"]!).Order()));
        }

        JsonNode? Security(string path, string verb) => document["paths"]![path]![verb]!["security"];
        Assert.NotNull(Security("/v1/tenants/{tenant}/licenses/{id}/reveal", "post"));
        Assert.Null(Security("/v1/tenants/{tenant}/licenses/activate", "post"));
    }

    [Fact]
    public async Task Fields_have_their_wire_names()
    {
        var schemas = (await DocumentAsync())["components"]!["schemas"]!.AsObject();
        var names = schemas.SelectMany(s => s.Value!["properties"]?.AsObject().Select(p => p.Key) ?? []);
        Assert.All(names, (string name) => Assert.Matches("^[a-z][a-z0-9_]*$", name));
    }

    [Fact]
    public async Task Every_route_has_a_name_and_a_tag()
    {
        var operations = (await DocumentAsync())["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).ToList();
        Assert.All(operations, o => Assert.NotNull(o.Value!["operationId"]));
        Assert.All(operations, o => Assert.Single(o.Value!["tags"]!.AsArray()));
        Assert.Equal(operations.Count, operations.Select(o => (string)o.Value!["operationId"]!).Distinct().Count());
    }

    /// <summary>Without the address, which differs from run to run.</summary>
    private async Task<JsonObject> DocumentAsync()
    {
        var document = (await shared.Server.GetAsync("/openapi/v1.json")).Must(200).AsObject();
        document.Remove("servers");
        return document;
    }
}
