using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Latchkey.Server.Commands;

/// <summary><c>latchkey replay</c>.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string> Tenant = new("TENANT") { Description = "Whose tables, as 'tenant list' shows it" };
    private static readonly Option<bool> Swap = new("--swap") { Description = "Puts what was computed in the place of what differs" };

    public static Command Create()
    {
        var replay = ServerConnection.AddOptionsTo(
            new Command("replay", "Rebuilds every computed table from the inbox beside the live ones and reports differences; mails nobody") { Tenant, Swap });
        replay.SetAction(ReplayAsync);
        return replay;
    }

    private static async Task<int> ReplayAsync(ParseResult parsed, CancellationToken ct)
    {
        try
        {
            return await RunAsync(parsed, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw new CommandException("Stopped; what was put right until then stays right.");
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        using var server = ServerConnection.Open(parsed);
        var path = $"/v1/tenants/{Uri.EscapeDataString(parsed.GetValue(Tenant)!)}/replay";
        JsonNode? report = null;
        await foreach (var line in server.LinesAsync(HttpMethod.Post, path, new JsonObject { ["swap"] = parsed.GetValue(Swap) }, ct))
        {
            report = line["report"];
            if (!Console.IsErrorRedirected)
            {
                // On the terminal itself, so that what is printed can be kept in a file. The last line clears it.
                await Console.Error.WriteAsync(report is null ? $"\r{line["purchases"]} purchases, {line["entries"]} entries " : $"\r{new string(' ', 60)}\r");
            }
        }

        if (report is null)
        {
            throw new CommandException("The server ended before it was done; start it and try again.");
        }

        server.Print(report, LinesOf);
        return (long)report["remaining"]! == 0 ? 0 : 1;
    }

    private static IEnumerable<string> LinesOf(JsonNode report)
    {
        foreach (var difference in report["differences"]!.AsArray())
        {
            yield return $"{difference!["of"]}  {string.Join(", ", difference["what"]!.AsArray())}";
        }

        var (differing, shown) = ((long)report["differing"]!, report["differences"]!.AsArray().Count);
        if (differing > shown)
        {
            yield return $"… and {Text(differing - shown)} more";
        }

        yield return $"{Text((long)report["purchases"]!)} purchases from {Text((long)report["entries"]!)} entries, {Text((long)report["entries_per_second"]!)} entries a second; "
            + $"{Text((long)report["waiting"]!)} still waiting to be folded";
        yield return (differing, (bool)report["swapped"]!, (long)report["remaining"]!) switch
        {
            (0, _, _) => "nothing differs",
            (_, false, _) => $"{Text(differing)} differ; --swap puts them right",
            (_, true, 0) => $"{Text(differing)} differed and were put right",
            (_, true, var remaining) => $"{Text(differing)} differed; {Text(remaining)} cannot be folded and were left as they were",
        };
    }

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
