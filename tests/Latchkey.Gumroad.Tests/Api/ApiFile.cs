using System.Net;
using System.Text;
using System.Text.Json;

namespace Latchkey.Gumroad.Tests.Api;

/// <summary>One of Gumroad's answers, with the request it answered; the files stand in Cases/api.</summary>
internal sealed record ApiFile(string Name, JsonElement Root)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases", "api");

    public static IReadOnlyList<string> Names =>
        [.. Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    /// <summary>The request line, as <see cref="SentRequest.Line"/> has it.</summary>
    public string Line => $"{Root.GetProperty("request").GetProperty("method").GetString()} {Root.GetProperty("request").GetProperty("path").GetString()}";

    public JsonElement Body => Root.GetProperty("body");

    public static ApiFile Load(string name) => new(name, JsonElement.Parse(File.ReadAllBytes(Path.Combine(Folder, name + ".json"))));

    public HttpResponseMessage ToResponse()
    {
        var response = new HttpResponseMessage((HttpStatusCode)Root.GetProperty("status").GetInt32())
        {
            Content = new ByteArrayContent(Body.ValueKind == JsonValueKind.Null ? [] : Encoding.UTF8.GetBytes(Body.GetRawText())),
        };
        foreach (var header in Root.GetProperty("headers").EnumerateObject())
        {
            var target = header.Name == "Content-Type" ? (System.Net.Http.Headers.HttpHeaders)response.Content.Headers : response.Headers;
            target.Add(header.Name, header.Value.GetString());
        }

        return response;
    }
}
