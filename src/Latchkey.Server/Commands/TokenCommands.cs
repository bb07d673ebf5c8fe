using System.CommandLine;
using System.Text.Json.Nodes;

namespace Latchkey.Server.Commands;

/// <summary><c>latchkey token add | list | revoke</c>.</summary>
internal static class TokenCommands
{
    private static readonly Argument<string> Tenant = new("TENANT");
    private static readonly Argument<string> Id = new("ID") { Description = "As 'token list' shows it" };
    private static readonly Option<string[]> Scope = new("--scope") { Description = "read, write, licenses, links, pings:keys or streams; may be given several times", Required = true };
    private static readonly Option<string> Label = new("--label") { Description = "For you to tell tokens apart", DefaultValueFactory = _ => "cli" };

    public static Command Create()
    {
        var add = ServerConnection.AddOptionsTo(new Command("add", "Adds an API token and prints it, once") { Tenant, Scope, Label });
        add.SetAction(AddAsync);
        var list = ServerConnection.AddOptionsTo(new Command("list", "Lists API tokens, without their secrets") { Tenant });
        list.SetAction(ListAsync);
        var revoke = ServerConnection.AddOptionsTo(new Command("revoke", "Takes an API token back, at once") { Tenant, Id });
        revoke.SetAction(RevokeAsync);
        return new Command("token", "API tokens of a tenant") { add, list, revoke };
    }

    private static async Task<int> AddAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        var body = new JsonObject
        {
            ["label"] = parsed.GetValue(Label),
            ["scopes"] = new JsonArray([.. parsed.GetValue(Scope)!.Select(s => (JsonNode)s)]),
        };
        return server.Print(await server.SendAsync(HttpMethod.Post, PathOf(parsed), body, ct), reply => [$"{reply["id"]}  {reply["token"]}", "The token is shown once."]);
    }

    private static async Task<int> ListAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        return server.Print(
            await server.ListAsync(PathOf(parsed), ct),
            all => all.AsArray().Select(t => $"{t!["id"]}  {string.Join(',', t["scopes"]!.AsArray().Select(s => s!.ToString()))}  {t["label"]}"));
    }

    private static async Task<int> RevokeAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        return server.Print(await server.SendAsync(HttpMethod.Delete, $"{PathOf(parsed)}/{Uri.EscapeDataString(parsed.GetValue(Id)!)}", null, ct), _ => []);
    }

    private static string PathOf(ParseResult parsed) => $"/v1/tenants/{Uri.EscapeDataString(parsed.GetValue(Tenant)!)}/tokens";
}
