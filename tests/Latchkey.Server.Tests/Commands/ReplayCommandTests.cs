using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;
using Latchkey.Server.Tests.Sellers;

namespace Latchkey.Server.Tests.Commands;

public sealed class ReplayCommandTests(SharedServer shared)
{
    [Fact]
    public async Task Nothing_that_differs_is_exit_code_0()
    {
        var shop = await shared.OpenShopAsync();
        await shop.SellAsync();
        var run = await RunAsync(shop);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Trim().Split('\n');
        Assert.Matches("^1 purchases from 2 entries, [0-9,]+ entries a second; 0 still waiting to be folded$", lines[0]);
        Assert.Equal("nothing differs", lines[1]);
    }

    [Fact]
    public async Task What_differs_is_exit_code_1_until_a_swap_has_put_it_right()
    {
        var shop = await shared.OpenShopAsync();
        await shop.SellAsync();
        await ReplayTests.DamageAsync(shop);

        var differs = await RunAsync(shop);
        Assert.Equal(1, differs.ExitCode);
        Assert.Matches("^pur_[0-9a-z]+  purchase\\.state\n", differs.Output);
        Assert.EndsWith("1 differ; --swap puts them right\n", differs.Output, StringComparison.Ordinal);
        var report = JsonNode.Parse((await RunAsync(shop, "--json")).Output)!;
        Assert.Equal("purchase.state", (string?)report["differences"]![0]!["what"]![0]);

        var swapped = await RunAsync(shop, "--swap");
        Assert.Equal(0, swapped.ExitCode);
        Assert.EndsWith("1 differed and were put right\n", swapped.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(shop)).ExitCode);
    }

    [Fact]
    public async Task A_tenant_that_is_not_there_is_said_and_no_tenant_is_used_wrongly()
    {
        var nobody = await LatchkeyProcess.RunAsync("replay", "nobody", "--server", shared.Server.Address.ToString(), "--data", shared.Server.Directory);
        Assert.Equal((1, "There is no such tenant."), (nobody.ExitCode, nobody.Error.Trim()));
        Assert.Equal(2, (await LatchkeyProcess.RunAsync("replay")).ExitCode);
    }

    private Task<Run> RunAsync(Shop shop, params string[] options) =>
        LatchkeyProcess.RunAsync(["replay", shop.Id, .. options, "--server", shared.Server.Address.ToString(), "--data", shared.Server.Directory]);
}
