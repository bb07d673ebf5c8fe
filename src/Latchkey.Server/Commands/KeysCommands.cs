using System.CommandLine;
using System.Text.Json.Nodes;

namespace Latchkey.Server.Commands;

/// <summary><c>latchkey keys root | rotate</c>.</summary>
internal static class KeysCommands
{
    private static readonly Argument<string> Tenant = new("TENANT");
    private static readonly Option<string?> Withdraw = new("--withdraw") { Description = "The kid of a stolen signing key: its leases are refused from now on" };

    public static Command Create()
    {
        var root = ServerConnection.AddOptionsTo(new Command("root", "Prints the root public keys that an app builds in") { Tenant });
        root.SetAction(RootAsync);
        var rotate = ServerConnection.AddOptionsTo(new Command("rotate", "Publishes a new signing key, which takes over after one lease life") { Tenant, Withdraw });
        rotate.SetAction(RotateAsync);
        return new Command("keys", "Signing keys of a tenant") { root, rotate };
    }

    private static async Task<int> RootAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        return server.Print(
            await server.SendAsync(HttpMethod.Get, $"{PathOf(parsed)}/roots", null, ct),
            reply => reply["roots"]!.AsArray().Select(k => k!["x"]!.ToString()));
    }

    private static async Task<int> RotateAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        var body = new JsonObject { ["withdraw"] = parsed.GetValue(Withdraw) };
        return server.Print(
            await server.SendAsync(HttpMethod.Post, $"{PathOf(parsed)}/rotate", body, ct),
            reply => [$"signing key {reply["kid"]} is published and signs from {reply["current_from"]}"]);
    }

    private static string PathOf(ParseResult parsed) => $"/v1/tenants/{Uri.EscapeDataString(parsed.GetValue(Tenant)!)}/keyset";
}
