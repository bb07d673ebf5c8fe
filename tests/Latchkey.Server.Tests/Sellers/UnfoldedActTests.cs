using System.Net.Http.Headers;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Sellers;

/// <summary>Acts at a server that stores them, but does not come to folding them.</summary>
public sealed class UnfoldedActTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;
    private RunningServer _server = null!;
    private Shop _shop = null!;
    private Sold _sold = null!;

    private string Suspend => $"{_shop.Path}/licenses/{_sold.License}/suspend";

    public async ValueTask InitializeAsync()
    {
        await using (var folding = await RunningServer.StartAsync(new ServerSetup { Directory = _directory }))
        {
            _shop = await Shop.OpenAsync(folding);
            _sold = await _shop.SellAsync();
        }

        _server = await RunningServer.StartAsync(new ServerSetup { Directory = _directory, Settings = ["--Latchkey:Measure:PauseFolding", "true"] });
    }

    [Fact]
    public async Task An_act_that_waits_is_a_202_with_the_license_as_it_stands()
    {
        var reply = (await _server.SendAsync(HttpMethod.Post, Suspend, (HttpContent?)null, _shop.ApiToken)).Must(202);
        Assert.Equal((_sold.License, "active"), ((string?)reply["id"], (string?)reply["state"]));
    }

    [Fact]
    public async Task A_caller_who_hangs_up_after_the_act_was_stored_is_in_the_audit_log_all_the_same()
    {
        using var http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = _server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _shop.ApiToken);
        using var hangUp = new CancellationTokenSource();
        var act = http.PostAsync(Suspend, null, hangUp.Token);
        await Eventually.HoldsAsync(async () => (await ListAsync("/pings?status=received")).Count > 0, "the act was not stored");
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => act);
        await Eventually.HoldsAsync(
            async () => (await ListAsync("/audit")).Any(a => (string?)a!["action"] == "license.suspend"), "the act is not in the audit log");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<System.Text.Json.Nodes.JsonArray> ListAsync(string path) => (await _server.GetAsync(_shop.Path + path, _shop.ApiToken)).Data;
}
