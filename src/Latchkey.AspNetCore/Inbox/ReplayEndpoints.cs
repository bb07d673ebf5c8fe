using System.Text.Json;
using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Inbox;

/// <param name="Swap">Puts what was computed in the place of what differs.</param>
internal sealed record ReplayBody(
    [property: JsonPropertyName("swap")] bool Swap);

/// <summary>One line of a replay's answer: how far it has come, or, as the last one, what it came to.</summary>
internal sealed record ReplayLine(
    [property: JsonPropertyName("purchases"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Purchases,
    [property: JsonPropertyName("entries"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Entries,
    [property: JsonPropertyName("report"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReplayReply? Report);

/// <param name="Waiting">Purchases that are still to be folded: left alone.</param>
/// <param name="Remaining">How many of those differing differ still.</param>
/// <param name="Differences">The first 100.</param>
internal sealed record ReplayReply(
    [property: JsonPropertyName("purchases")] long Purchases,
    [property: JsonPropertyName("entries")] long Entries,
    [property: JsonPropertyName("entries_per_second")] long EntriesPerSecond,
    [property: JsonPropertyName("waiting")] long Waiting,
    [property: JsonPropertyName("differing")] long Differing,
    [property: JsonPropertyName("remaining")] long Remaining,
    [property: JsonPropertyName("swapped")] bool Swapped,
    [property: JsonPropertyName("differences")] IReadOnlyList<ReplayDifferenceReply> Differences);

/// <param name="Of">The purchase; the license or subject where no purchase leads to it.</param>
/// <param name="What">The fields by name, or what is wrong with the whole of it.</param>
internal sealed record ReplayDifferenceReply(
    [property: JsonPropertyName("of")] string Of,
    [property: JsonPropertyName("what")] IReadOnlyList<string> What);

/// <summary>Folds everything once more and compares it with the tables, telling how far it is.</summary>
internal static class ReplayEndpoints
{
    private const string Lines = "application/x-ndjson";

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    public static void MapReplay(this RouteGroupBuilder tenant) => tenant.MapGroup("").WithTags("Pings")
        .MapPost("/replay", ReplayAsync).RequireScope(Scopes.Write).WithName("ReplayTenant")
        .Accepts<ReplayBody>("application/json").Produces<ReplayLine>(200, Lines).ProducesProblem(409);

    private static async Task<IResult> ReplayAsync(
        HttpContext http, IPurchaseStore purchases, IFolder folder, FoldSignal fold, OutboxSignal outbox, Audit audit, TimeProvider time)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.ReplayBody);
        if (problem is not null)
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http).Id;
        await using var turn = await purchases.TryBeginReplayAsync(tenant, http.RequestAborted);
        if (turn is null)
        {
            return Problems.Of(409, WebCodes.ReplayRunning, "A replay of this tenant is running; try again when it is done.");
        }

        await audit.WriteAsync(http, tenant, body!.Swap ? "replay.swap" : "replay", null);
        var ct = http.RequestAborted;
        var begun = time.GetTimestamp();
        var latest = new Latest();

        // The embedded store works on the thread that calls it.
        var replay = Task.Run(() => purchases.ReplayAsync(folder, tenant, body.Swap, latest, ct), CancellationToken.None);
        try
        {
            http.Response.ContentType = Lines;
            while (await Task.WhenAny(replay, Task.Delay(TellEvery, time, ct)) != replay)
            {
                await WriteAsync(http, new(latest.Value.Purchases, latest.Value.Entries, null), ct);
            }

            await WriteAsync(http, new(null, null, ReplyOf(await replay, time.GetElapsedTime(begun))), ct);
        }
        finally
        {
            await ((Task)replay).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the turn is over when nothing runs any more
            fold.Poke();
            outbox.Poke();
        }

        return Results.Empty;
    }

    private static ReplayReply ReplyOf(ReplayReport r, TimeSpan took) => new(
        r.Purchases, r.Entries, (long)(r.Entries / Math.Max(took.TotalSeconds, 0.001)), r.Waiting, r.Differing, r.Remaining, r.Swapped,
        [.. r.Differences.Select(d => new ReplayDifferenceReply(d.Of, d.What))]);

    private static async Task WriteAsync(HttpContext http, ReplayLine line, CancellationToken ct)
    {
        await JsonSerializer.SerializeAsync(http.Response.Body, line, WebJson.Default.ReplayLine, ct);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), ct);
        await http.Response.Body.FlushAsync(ct);
    }

    private sealed class Latest : IProgress<ReplayProgress>
    {
        private readonly Lock _gate = new();
        private ReplayProgress _value;

        public ReplayProgress Value
        {
            get
            {
                lock (_gate)
                {
                    return _value;
                }
            }
        }

        public void Report(ReplayProgress value)
        {
            lock (_gate)
            {
                _value = value;
            }
        }
    }
}
