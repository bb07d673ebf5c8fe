using System.CommandLine;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Latchkey.AspNetCore.Hosting;
using Latchkey.Server.Hosting;

namespace Latchkey.Server.Commands;

/// <summary>
/// How verbs reach the running server: over its own API with the admin token. The database belongs to the server alone.
/// </summary>
internal sealed class ServerConnection : IDisposable
{
    private static readonly Option<string?> Server = new("--server") { Description = $"The server's address; Latchkey:PublicUrl or {ServerHost.DefaultUrl} when left out" };
    private static readonly Option<string?> DataDirectory = new("--data") { Description = "The server's data directory, which holds admin.token; ./data when left out" };
    private static readonly Option<bool> Json = new("--json") { Description = "Prints the reply as JSON" };

    private readonly HttpClient _http;

    private ServerConnection(Uri address, string token, bool asJson)
    {
        _http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        AsJson = asJson;
    }

    public bool AsJson { get; }

    public static Command AddOptionsTo(Command command)
    {
        command.Options.Add(Server);
        command.Options.Add(DataDirectory);
        command.Options.Add(Json);
        return command;
    }

    public static ServerConnection Open(ParseResult parsed)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().Build();
        var address = parsed.GetValue(Server) ?? settings["Latchkey:PublicUrl"] ?? settings["urls"]?.Split(';')[0] ?? ServerHost.DefaultUrl;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            throw new CommandException($"--server '{address}' is not an address.", 2);
        }

        return new ServerConnection(uri, settings["Latchkey:AdminToken"] ?? TokenFrom(parsed.GetValue(DataDirectory) ?? settings["Latchkey:DataDirectory"] ?? "./data"), parsed.GetValue(Json));
    }

    /// <returns>The reply's body; null when it has none.</returns>
    /// <exception cref="CommandException">The server is not there, or refused.</exception>
    public async Task<JsonNode?> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken ct)
    {
        using var response = await AskAsync(method, path, body, HttpCompletionOption.ResponseContentRead, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return text.Length > 0 && IsJson(response) ? JsonNode.Parse(text) : null;
    }

    /// <summary>A reply that comes line by line, each a JSON text, while the server works.</summary>
    /// <exception cref="CommandException">The server is not there, refused, or ended in the middle.</exception>
    public async IAsyncEnumerable<JsonNode> LinesAsync(HttpMethod method, string path, JsonNode? body, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await AskAsync(method, path, body, HttpCompletionOption.ResponseHeadersRead, ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        while (await LineOf(reader, ct) is { } line)
        {
            yield return JsonNode.Parse(line)!;
        }
    }

    /// <summary>Prints a reply as JSON when that was asked for, else as the command likes.</summary>
    public int Print(JsonNode? reply, Func<JsonNode, IEnumerable<string>> lines)
    {
        if (reply is null)
        {
            Console.WriteLine(AsJson ? "{}" : "done");
        }
        else
        {
            Console.WriteLine(AsJson ? reply.ToJsonString() : string.Join(Environment.NewLine, lines(reply)));
        }

        return 0;
    }

    /// <summary>All pages of a list.</summary>
    public async Task<JsonArray> ListAsync(string path, CancellationToken ct)
    {
        var all = new JsonArray();
        string? after = null;
        do
        {
            var page = await SendAsync(HttpMethod.Get, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}", null, ct);
            foreach (var item in page!["data"]!.AsArray())
            {
                all.Add(item!.DeepClone());
            }

            after = page["next"]?.ToString();
        }
        while (after is not null);
        return all;
    }

    public void Dispose() => _http.Dispose();

    /// <returns>An answer that is no refusal.</returns>
    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, JsonNode? body, HttpCompletionOption until, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, until, ct);
        }
        catch (HttpRequestException)
        {
            throw new CommandException($"No server answers at {_http.BaseAddress}. Start it with 'latchkey serve', or name it with --server.");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(ct);
            var problem = text.Length > 0 && IsJson(response) ? JsonNode.Parse(text) : null;
            throw new CommandException(problem?["detail"]?.ToString() is { } detail
                ? (problem["field"] is { } field ? $"{field}: {detail}" : detail)
                : $"The server answered {(int)response.StatusCode}.");
        }
    }

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true;

    private static async Task<string?> LineOf(StreamReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadLineAsync(ct);
        }
        catch (IOException)
        {
            throw new CommandException("The server ended before it was done; start it and try again.");
        }
    }

    private static string TokenFrom(string directory)
    {
        var path = Path.Combine(directory, InstallationSecrets.AdminTokenFile);
        return File.Exists(path)
            ? File.ReadAllText(path).Trim()
            : throw new CommandException($"There is no admin token at {Path.GetFullPath(path)}. Name the server's data directory with --data, or set Latchkey__AdminToken.");
    }
}
