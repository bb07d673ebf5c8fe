using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Commands;

public sealed class SimulatorCommandTests(SharedServer shared)
{
    private const string Nowhere = "http://127.0.0.1:1/";

    [Fact]
    public async Task Its_help_is_as_approved()
    {
        var help = await LatchkeyProcess.RunAsync("simulator", "--help");
        Assert.Equal(0, help.ExitCode);
        ApprovedFile.Matches(string.Join('\n', help.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())), "simulator-help.txt");
    }

    [Fact]
    public async Task A_life_is_played_to_a_receiver_and_reported_as_json()
    {
        var shop = await shared.OpenShopAsync();
        var address = new Uri(shared.Server.Address, shop.PingPath).ToString();
        var run = await LatchkeyProcess.RunAsync("simulator", "--port", "0", "--ping-url", address, "--life", "20", "--seed", "3", "--json");
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Empty(run.Error);

        var lines = run.Output.Trim().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        var shopAddress = (string)lines[0]["shop"]!;
        Assert.Equal((shopAddress + "seller", shopAddress + "v2/"), ((string?)lines[0]["seller"], (string?)lines[0]["api"]));
        Assert.NotEmpty((string)lines[0]["token"]!);
        Assert.InRange((int)lines[1]["happened"]!["sales"]!, 15, 40);
        var stored = (await shop.SellerGetAsync("/pings")).Data;
        Assert.NotEmpty(stored);
        Assert.True((int)lines[1]["delivered"]!["sale"]! >= 15);
        Assert.Equal(0, (int)lines[1]["failed"]!);
    }

    [Fact]
    public async Task A_life_whose_pings_nobody_takes_is_exit_code_1_and_a_given_token_is_not_printed()
    {
        var run = await LatchkeyProcess.RunAsync("simulator", "--port", "0", "--ping-url", Nowhere, "--life", "2", "--gumroad", "april2025", "--access-token", "my-own", "--faults", "rough");
        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain("my-own", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ +[1-9][0-9]*  posts not taken\r?$", run.Output);
        Assert.Matches(@"(?m)^shop    http://127\.0\.0\.1:[0-9]+/\r?$", run.Output);
    }

    [Fact]
    public async Task A_life_that_nobody_answers_asks_for_the_receiver_without_its_secrets()
    {
        var run = await LatchkeyProcess.RunAsync("simulator", "--port", "0", "--ping-url", "http://me:secret@127.0.0.1:1/in?token=secret", "--life", "2");
        Assert.Equal((1, "Not one ping was taken. Is your receiver at http://127.0.0.1:1/in running?"), (run.ExitCode, run.Error.Trim()));
    }

    [Fact]
    public async Task Pings_that_are_answered_no_are_told_once_an_address()
    {
        var address = new Uri(shared.Server.Address, "/webhooks/gumroad/nobody").ToString();
        var run = await LatchkeyProcess.RunAsync("simulator", "--port", "0", "--ping-url", address + "?token=secret", "--life", "5", "--json");
        var seller = (string)JsonNode.Parse(run.Output.Split('\n')[0])!["seller"]!;
        Assert.Equal((1, $"{address} answered 404: this ping is lost. All pings: {seller}/pings"), (run.ExitCode, run.Error.Trim()));
    }

    [Fact]
    public async Task A_life_in_which_nothing_can_be_bought_is_refused_before_it_begins()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{ "products": [ { "permalink": "few", "name": "Few", "price_usd_cents": 900, "max_purchase_count": 3 } ] }""");
            var run = await LatchkeyProcess.RunAsync("simulator", "--port", "0", "--seed-data", file, "--ping-url", Nowhere, "--life", "5");
            Assert.Equal(
                (2, "", "--life: nothing can be bought without a limit; give --seed-data a published product without max_purchase_count."),
                (run.ExitCode, run.Output, run.Error.Trim()));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--access-token is empty; leave it out and one is made and printed.", "--access-token", "")]
    [InlineData("--speed goes with --stay here: a life moves the clock by itself, as fast as it can.", "--life", "5", "--ping-url", Nowhere, "--speed", "5")]
    [InlineData("--seed x is no whole number.", "--seed", "x")]
    [InlineData("--port many is no whole number.", "--port", "many")]
    [InlineData("--life 1.5 is no whole number.", "--life", "1.5")]
    [InlineData("--speed 1,5 is no number.", "--speed", "1,5")]
    [InlineData("--ping-speed fast is no number.", "--ping-speed", "fast")]
    public async Task What_is_wrong_is_said_in_a_sentence(string sentence, params string[] args)
    {
        var run = await LatchkeyProcess.RunAsync(["simulator", .. args]);
        Assert.Equal((2, sentence), (run.ExitCode, run.Error.ReplaceLineEndings("\n").Split('\n')[0]));
    }

    [Fact]
    public async Task Seed_data_is_what_is_sold()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $$"""
                { "start_at": "2026-01-01T00:00:00Z", "subscriptions": [ { "post_url": "{{Nowhere}}" } ],
                  "products": [ { "permalink": "pen", "name": "Pen", "price_usd_cents": 900 } ] }
                """);
            var run = await LatchkeyProcess.RunAsync("simulator", "--port", "0", "--seed-data", file, "--life", "5", "--json");
            var report = JsonNode.Parse(run.Output.Trim().Split('\n')[1])!;
            Assert.Equal("2026-01-01T00:00:00.0000000+00:00", (string?)report["from"]);
            Assert.Equal(0, (int)report["happened"]!["memberships"]!);
            Assert.True((int)report["happened"]!["sales"]! >= 5);

            await File.WriteAllTextAsync(file, """{ "products": [ { "color": 1 } ] }""");
            var wrong = await LatchkeyProcess.RunAsync("simulator", "--port", "0", "--seed-data", file);
            Assert.Equal(2, wrong.ExitCode);
            Assert.StartsWith($"--seed-data: {Path.GetFileName(file)}: line 1, $.products[0].color: there is no field 'color' here; there are permalink,", wrong.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("--ping-url", "nowhere")]
    [InlineData("--ping-url", "ftp://127.0.0.1/")]
    [InlineData("--account-ping-url", "nowhere")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "many")]
    [InlineData("--speed", "-1")]
    [InlineData("--ping-speed", "0")]
    [InlineData("--faults", "duplicate=2")]
    [InlineData("--faults", "duplicate")]
    [InlineData("--faults", "rough,drop=1")]
    [InlineData("--gumroad", "april")]
    [InlineData("--seed-data", "not-there.json")]
    [InlineData("--life", "0", "--ping-url", Nowhere)]
    [InlineData("--life", "5")]
    [InlineData("--stay")]
    public async Task Used_wrongly_is_exit_code_2_with_the_option_and_a_word_why(params string[] args)
    {
        var run = await LatchkeyProcess.RunAsync(["simulator", .. args]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(args[0], run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }
}
