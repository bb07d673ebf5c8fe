using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;

namespace Latchkey.Server.Tests.Commands;

/// <summary>The program at a terminal, beside a running server.</summary>
public sealed class CommandLineTests(SharedServer shared)
{
    [Fact]
    public async Task A_tenant_is_added_listed_suspended_and_resumed()
    {
        var id = Shop.NewId();
        var added = await RunAsync("tenant", "add", id, "--name", "Acme Audio");
        Assert.Equal(0, added.ExitCode);
        Assert.Contains($"{shared.Server.Address}webhooks/gumroad/{id}?token=", added.Output, StringComparison.Ordinal);
        Assert.Contains("lk_", added.Output, StringComparison.Ordinal);

        Assert.Contains((await RunAsync("tenant", "list")).Output.Split('\n'), l => l.StartsWith(id + " ", StringComparison.Ordinal) && l.Contains(" active ", StringComparison.Ordinal));
        Assert.Equal($"tenant {id} is suspended", (await RunAsync("tenant", "suspend", id)).Output.Trim());
        Assert.Equal("suspended", (string?)(await shared.Server.AdminAsync(HttpMethod.Get, $"/v1/tenants/{id}"))["state"]);
        Assert.Equal($"tenant {id} is active", (await RunAsync("tenant", "resume", id)).Output.Trim());

        var again = await RunAsync("tenant", "add", id, "--name", "Acme Audio");
        Assert.Equal((1, ""), (again.ExitCode, again.Output));
        Assert.Contains(id, again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_comes_as_json_when_asked_for()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var list = JsonNode.Parse((await RunAsync("tenant", "list", "--json")).Output)!.AsArray();
        Assert.Contains(list, t => (string?)t!["id"] == shop.Id);
        var roots = JsonNode.Parse((await RunAsync("keys", "root", shop.Id, "--json")).Output)!;
        Assert.Equal(shop.Issuer, (string?)roots["iss"]);
        Assert.Equal("[]", (await RunAsync("ping", "list", shop.Id, "--json")).Output.Trim());
    }

    [Fact]
    public async Task Root_keys_are_printed_one_a_line()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var lines = (await RunAsync("keys", "root", shop.Id)).Output.Trim().Split('\n');
        Assert.Equal(await Leases.PublicKeys.RootTextsAsync(shop), lines);
        Assert.All(lines, l => Assert.Matches("^[A-Za-z0-9_-]{43}$", l));
    }

    [Fact]
    public async Task A_token_is_added_with_its_scopes_and_revoked()
    {
        var shop = await Shop.OpenEmptyAsync(shared.Server);
        var added = await RunAsync("token", "add", shop.Id, "--scope", "read", "--scope", "licenses", "--json");
        var made = JsonNode.Parse(added.Output)!;
        Assert.Equal(["read", "licenses"], made["scopes"]!.AsArray().Select(s => (string)s!));
        var token = (string)made["token"]!;
        Assert.Equal(200, (await shared.Server.GetAsync(shop.Path + "/licenses", token)).Status);

        Assert.DoesNotContain(token, (await RunAsync("token", "list", shop.Id)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("token", "revoke", shop.Id, (string)made["id"]!)).ExitCode);
        Assert.Equal(401, (await shared.Server.GetAsync(shop.Path + "/licenses", token)).Status);
    }

    [Fact]
    public async Task A_ping_is_sent_as_gumroad_encodes_it_and_found_in_the_inbox()
    {
        var shop = await shared.OpenShopAsync();
        var address = new Uri(shared.Server.Address, shop.PingPath).ToString();
        var sent = await LatchkeyProcess.RunAsync("ping", "send", "sale", "--to", address, "--set", "full_name=Zoë & Co", "--set", "custom_fields[Team]=Blue");
        Assert.Equal((0, "sale sent: 200"), (sent.ExitCode, sent.Output.Trim()));
        var id = (string)(await shop.SellerGetAsync("/pings")).Data[0]!["id"]!;
        await shop.HandledAsync(id);

        var shown = JsonNode.Parse((await RunAsync("ping", "show", shop.Id, id, "--json")).Output)!;
        Assert.Equal(("Zoë & Co", "Blue"), ((string?)shown["decoded"]!["full_name"], (string?)shown["decoded"]!["custom_fields"]!["Team"]));
        Assert.Contains(id, (await RunAsync("ping", "list", shop.Id, "--status", "applied")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("ping", "replay", shop.Id, id)).ExitCode);
        Assert.Equal(1, (await RunAsync("ping", "show", shop.Id, "png_unknown")).ExitCode);
    }

    [Fact]
    public async Task A_ping_that_is_not_taken_is_exit_code_1()
    {
        var wrong = await LatchkeyProcess.RunAsync("ping", "send", "refund", "--to", new Uri(shared.Server.Address, "/webhooks/gumroad/nobody?token=x").ToString());
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("404", wrong.Output, StringComparison.Ordinal);
        var nobody = await LatchkeyProcess.RunAsync("ping", "send", "refund", "--to", "http://127.0.0.1:1/webhooks/gumroad/acme?token=secret");
        Assert.Equal(1, nobody.ExitCode);
        Assert.DoesNotContain("secret", nobody.Error + nobody.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("comet")]
    [InlineData("tenant")]
    [InlineData("tenant", "add", "acme")]
    [InlineData("tenant", "add", "acme", "--name")]
    [InlineData("token", "add", "acme")]
    [InlineData("ping", "send", "comet", "--to", "http://127.0.0.1:1/")]
    [InlineData("ping", "send", "sale", "--to", "nowhere")]
    [InlineData("ping", "send", "sale")]
    [InlineData("ping", "send", "sale", "--to", "http://127.0.0.1:1/", "--set", "no-value")]
    [InlineData("tenant", "list", "--server", "nowhere")]
    [InlineData("keys", "root")]
    public async Task Used_wrongly_is_exit_code_2_with_a_word_why(params string[] args)
    {
        var run = await LatchkeyProcess.RunAsync(args);
        Assert.Equal(2, run.ExitCode);
        Assert.NotEmpty(run.Error);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_or_its_token_a_sentence_says_what_to_do()
    {
        var noServer = await LatchkeyProcess.RunAsync("tenant", "list", "--server", "http://127.0.0.1:1", "--data", shared.Server.Directory);
        Assert.Equal(1, noServer.ExitCode);
        Assert.Contains("latchkey serve", noServer.Error, StringComparison.Ordinal);
        var noToken = await LatchkeyProcess.RunAsync("tenant", "list", "--server", shared.Server.Address.ToString());
        Assert.Equal(1, noToken.ExitCode);
        Assert.Contains("admin token", noToken.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latchkey --help", "comet")]
    [InlineData("latchkey simulator --help", "simulator", "--comet")]
    [InlineData("latchkey tenant add --help", "tenant", "add", "acme")]
    public async Task Used_wrongly_the_help_of_the_verb_is_named(string help, params string[] args)
    {
        var run = await LatchkeyProcess.RunAsync(args);
        Assert.Equal($"See '{help}'.", run.Error.Trim().ReplaceLineEndings("\n").Split('\n')[^1]);
    }

    [Theory]
    [InlineData("  latchkey [command] [options]", "--help")]
    [InlineData("  latchkey demo [options]", "demo", "--help")]
    [InlineData("  latchkey tenant add <ID> [options]", "tenant", "add", "--help")]
    public async Task Help_calls_the_program_by_its_name(string usage, params string[] args)
    {
        var run = await LatchkeyProcess.RunAsync(args);
        Assert.Contains(usage, run.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
        Assert.DoesNotContain("Latchkey.Server", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_printed()
    {
        var run = await LatchkeyProcess.RunAsync("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^[0-9]+\.[0-9]+\.[0-9]+", run.Output);
    }

    [Fact]
    public async Task Help_is_exit_code_0()
    {
        var help = await LatchkeyProcess.RunAsync("--help");
        Assert.Equal(0, help.ExitCode);
        Assert.All(["serve", "demo", "tenant", "token", "keys", "ping", "simulator"], (string verb) => Assert.Contains(verb, help.Output, StringComparison.Ordinal));
    }

    private Task<Run> RunAsync(params string[] args) =>
        LatchkeyProcess.RunAsync([.. args, "--server", shared.Server.Address.ToString(), "--data", shared.Server.Directory]);
}
