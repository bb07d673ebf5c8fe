using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Latchkey.Server.Tests.Running;

/// <summary>What the server answered.</summary>
public sealed record Reply(int Status, string Text, string? ContentType, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonNode? this[string name] => Json[name];

    public string? Code => (string?)this["code"];

    public JsonArray Data => Json["data"]!.AsArray();

    /// <summary>The body of an answer that must be of this status.</summary>
    public JsonNode Must(int status)
    {
        Assert.True(Status == status, $"{status} was expected; {Status} came: {Text}");
        return Text.Length == 0 ? new JsonObject() : Json;
    }

    /// <summary>An error as all errors are: with its code, a sentence, and a name for the request.</summary>
    public JsonNode MustRefuse(int status, string code)
    {
        var problem = Must(status);
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(code, Code);
        Assert.Equal(status, (int?)problem["status"]);
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["request_id"]));
        Assert.False(string.IsNullOrWhiteSpace((string?)problem["detail"]));
        return problem;
    }

    /// <summary>A 400 that names the field.</summary>
    public void MustFault(string field) => Assert.Equal(field, (string?)MustRefuse(400, "invalid_request")["field"]);
}
