using System.Net;
using Latchkey.AspNetCore.GumroadPings;
using Microsoft.Extensions.DependencyInjection;

namespace Latchkey.Server.Tests.GumroadPings;

/// <summary>An app that remembers by itself which pings are done.</summary>
public sealed class OwnMemoryTests
{
    private static readonly byte[] Sale = PingBodies.Form(PingBodies.Sale);

    [Fact]
    public async Task The_apps_own_memory_takes_the_place_of_the_built_in_one()
    {
        var memory = new Notebook();
        await using var app = await PingApp.StartAsync(adapt: b => b.Services.AddScoped<IPingMemory>(_ => memory));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(Sale));
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(PingBodies.Retry(PingBodies.Sale, 1)));
        app.Heard.Do = _ => throw new InvalidOperationException();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(PingBodies.Form(PingBodies.FullRefund)));

        Assert.Equal(["claim", "finish", "claim", "claim", "release"], memory.Calls.Select(c => c.Call));
        var keys = memory.Calls.Select(c => c.Key).ToList();
        Assert.All(keys, key => Assert.Matches("^[0-9a-f]{64}$", key));
        Assert.Equal(2, keys.Distinct().Count());
        Assert.Equal(keys[0], keys[2]);
    }

    [Theory]
    [InlineData("claim", 0)]
    [InlineData("finish", 1)]
    public async Task A_memory_that_fails_is_a_503(string call, int handled)
    {
        var memory = new Notebook { FailsAt = call };
        await using var app = await PingApp.StartAsync(adapt: b => b.Services.AddSingleton<IPingMemory>(memory));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await app.PostAsync(Sale));
        Assert.Equal(handled, app.Heard.All.Count);
        Assert.Equal(handled == 1, memory.Calls.Any(c => c.Call == "release"));
    }

    private sealed class Notebook : IPingMemory
    {
        private readonly HashSet<string> _finished = [];

        public List<(string Call, string Key)> Calls { get; } = [];

        public string? FailsAt { get; init; }

        public ValueTask<PingClaim> ClaimAsync(string pingKey, CancellationToken ct)
        {
            Note("claim", pingKey);
            return new(_finished.Contains(pingKey) ? PingClaim.Finished : PingClaim.Granted);
        }

        public ValueTask FinishAsync(string pingKey, CancellationToken ct)
        {
            Note("finish", pingKey);
            _finished.Add(pingKey);
            return default;
        }

        public ValueTask ReleaseAsync(string pingKey, CancellationToken ct)
        {
            Note("release", pingKey);
            return default;
        }

        private void Note(string call, string key)
        {
            Calls.Add((call, key));
            if (call == FailsAt)
            {
                throw new IOException("the memory is away");
            }
        }
    }
}
