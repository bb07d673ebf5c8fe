using System.CommandLine;
using Latchkey.Gumroad.Events;
using Latchkey.Simulator;

namespace Latchkey.Server.Commands;

/// <summary><c>latchkey ping send | list | show | replay</c>.</summary>
internal static class PingCommands
{
    private static readonly Argument<string> Resource = new("RESOURCE") { Description = string.Join(", ", PingResources.All) };
    private static readonly Option<string> To = new("--to") { Description = "The ping address, with its token", Required = true };
    private static readonly Option<string[]> Set = new("--set") { Description = "field=value; may be given several times" };
    private static readonly Argument<string> Tenant = new("TENANT");
    private static readonly Argument<string> Id = new("ID") { Description = "png_…, as 'ping list' shows it" };
    private static readonly Option<string?> Status = new("--status") { Description = "received, applied, held, ignored or failed" };
    private static readonly Option<bool> Reveal = new("--reveal") { Description = "Shows license keys; written to the audit log" };

    public static Command Create()
    {
        var send = new Command("send", "Sends one realistic ping, as Gumroad encodes it") { Resource, To, Set };
        send.SetAction(SendAsync);
        var list = ServerConnection.AddOptionsTo(new Command("list", "Lists what arrived, oldest first") { Tenant, Status });
        list.SetAction(ListAsync);
        var show = ServerConnection.AddOptionsTo(new Command("show", "Shows one ping as it came and as it was understood") { Tenant, Id, Reveal });
        show.SetAction(ShowAsync);
        var replay = ServerConnection.AddOptionsTo(new Command("replay", "Handles one ping again") { Tenant, Id });
        replay.SetAction(ReplayAsync);
        return new Command("ping", "Pings: send one, look into the inbox") { send, list, show, replay };
    }

    private static async Task<int> SendAsync(ParseResult parsed, CancellationToken ct)
    {
        var resource = parsed.GetValue(Resource)!;
        if (!GumroadResources.TryParse(resource, out _))
        {
            throw new CommandException($"RESOURCE '{resource}' is none of {string.Join(", ", PingResources.All)}.", 2);
        }

        if (!Uri.TryCreate(parsed.GetValue(To), UriKind.Absolute, out var to) || to.Scheme is not ("http" or "https"))
        {
            throw new CommandException("--to must be the whole ping address, for example http://127.0.0.1:5080/webhooks/gumroad/acme?token=…", 2);
        }

        using var http = PingSender.CreateClient(TimeSpan.FromSeconds(5));
        try
        {
            var status = await PingSender.SendAsync(http, to, SamplePings.Create(resource, parsed.GetValue(Set)), ct);
            Console.WriteLine($"{resource} sent: {status}" + (status == 404 ? " (the address or its token is wrong)" : string.Empty));
            return status is >= 200 and <= 299 ? 0 : 1;
        }
        catch (ArgumentException e)
        {
            throw new CommandException("--set: " + e.Message, 2);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            throw new CommandException($"Nothing answers at {to.GetLeftPart(UriPartial.Path)}.");
        }
    }

    private static async Task<int> ListAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        var status = parsed.GetValue(Status) is { } wanted ? "?status=" + Uri.EscapeDataString(wanted) : string.Empty;
        return server.Print(
            await server.ListAsync(PathOf(parsed) + status, ct),
            all => all.AsArray().Select(p => $"{p!["received_at"]}  {p["id"]}  {p["resource"] ?? "-",-22} {p["status"],-8} {p["reason"]}"));
    }

    private static async Task<int> ShowAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        var path = $"{PathOf(parsed)}/{Uri.EscapeDataString(parsed.GetValue(Id)!)}" + (parsed.GetValue(Reveal) ? "?reveal=true" : string.Empty);
        return server.Print(
            await server.SendAsync(HttpMethod.Get, path, null, ct),
            p =>
            [
                $"{p["id"]}  {p["resource"] ?? "-"}  {p["status"]}  {p["reason"]}",
                $"received {p["received_at"]}, {p["repeats"]} repeats, purchase {p["purchase"] ?? "-"}",
                p["decoded"]?.ToJsonString(Pretty) ?? p["body"]!.ToString(),
            ]);
    }

    private static async Task<int> ReplayAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        return server.Print(await server.SendAsync(HttpMethod.Post, $"{PathOf(parsed)}/{Uri.EscapeDataString(parsed.GetValue(Id)!)}/replay", null, ct), _ => []);
    }

    private static string PathOf(ParseResult parsed) => $"/v1/tenants/{Uri.EscapeDataString(parsed.GetValue(Tenant)!)}/pings";

    private static readonly System.Text.Json.JsonSerializerOptions Pretty = new() { WriteIndented = true };
}
