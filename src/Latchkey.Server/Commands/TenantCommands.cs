using System.CommandLine;
using System.Text.Json.Nodes;

namespace Latchkey.Server.Commands;

/// <summary><c>latchkey tenant add | list | suspend | resume</c>.</summary>
internal static class TenantCommands
{
    private static readonly Argument<string> Id = new("ID") { Description = "2 to 40 of a-z, 0-9 and '-'" };
    private static readonly Option<string> Name = new("--name") { Description = "What buyers know the seller as", Required = true };

    public static Command Create()
    {
        var add = ServerConnection.AddOptionsTo(new Command("add", "Adds a tenant; prints its ping address and an API token, once") { Id, Name });
        add.SetAction(AddAsync);
        var list = ServerConnection.AddOptionsTo(new Command("list", "Lists the tenants"));
        list.SetAction(ListAsync);
        var suspend = ServerConnection.AddOptionsTo(new Command("suspend", "Holds what arrives for a tenant; the apps of its buyers go on validating") { Id });
        suspend.SetAction((parsed, ct) => SetStateAsync(parsed, "suspended", ct));
        var resume = ServerConnection.AddOptionsTo(new Command("resume", "Resumes a tenant and handles what was held") { Id });
        resume.SetAction((parsed, ct) => SetStateAsync(parsed, "active", ct));
        return new Command("tenant", "Sellers' accounts in this installation") { add, list, suspend, resume };
    }

    private static async Task<int> AddAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        var body = new JsonObject { ["id"] = parsed.GetValue(Id), ["name"] = parsed.GetValue(Name) };
        return server.Print(await server.SendAsync(HttpMethod.Post, "/v1/tenants", body, ct), reply =>
        [
            $"tenant {reply["id"]} is there. These two are shown once:",
            $"  ping address  {reply["ping_url"]}",
            $"  API token     {reply["api_token"]}",
            "Paste the ping address into Gumroad: Settings > Advanced > Ping endpoint.",
        ]);
    }

    private static async Task<int> ListAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        var tenants = await server.ListAsync("/v1/tenants", ct);
        return server.Print(tenants, all => all.AsArray().Select(t => $"{t!["id"],-24} {t["state"],-10} {t["name"]}"));
    }

    private static async Task<int> SetStateAsync(ParseResult parsed, string state, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        var path = $"/v1/tenants/{Uri.EscapeDataString(parsed.GetValue(Id)!)}";
        return server.Print(await server.SendAsync(HttpMethod.Patch, path, new JsonObject { ["state"] = state }, ct), t => [$"tenant {t["id"]} is {t["state"]}"]);
    }
}
