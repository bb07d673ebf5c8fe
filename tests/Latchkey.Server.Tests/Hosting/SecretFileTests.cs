using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Latchkey.Server.Tests.Running;
using Latchkey.Tenants;

namespace Latchkey.Server.Tests.Hosting;

public sealed class SecretFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("latchkey-test-").FullName;

    private string MasterKey => Path.Combine(_directory, "master.key");

    [Fact]
    public async Task A_restart_keeps_tokens_keys_and_activations()
    {
        Shop shop;
        Sold sold;
        string keyset, activation;
        await using (var server = await StartAsync())
        {
            shop = await Shop.OpenAsync(server);
            sold = await shop.SellAsync();
            activation = await shop.ActivatedAsync(sold, "laptop");
            keyset = (await server.GetAsync($"{shop.Path}/.well-known/jwks.json")).Text;
        }

        await using var again = await StartAsync();
        Assert.Equal(shop.Server.AdminToken, again.AdminToken);
        Assert.Equal(keyset, (await again.GetAsync($"{shop.Path}/.well-known/jwks.json")).Text);
        var revealed = await again.SendAsync(HttpMethod.Post, $"{shop.Path}/licenses/{sold.License}/reveal", new JsonObject(), shop.ApiToken);
        Assert.Equal(sold.Key, (string?)revealed.Must(200)["key"]);
        var verdict = await again.SendAsync(HttpMethod.Post, $"{shop.Path}/licenses/validate", Ask.Validate(sold.Key, activation, "laptop"), null);
        Assert.Equal("ok", verdict.Code);
        Assert.Equal(shop.Issuer, (string?)LeaseReader.Claims((string)verdict["lease"]!)["iss"]);
        Assert.Equal(200, (await again.SendAsync(HttpMethod.Post, shop.PingPath, new ByteArrayContent(sold.Sale.Form()), null)).Status);
    }

    [Fact]
    public async Task Another_master_key_or_none_is_refused_with_a_sentence()
    {
        await (await StartAsync()).DisposeAsync();
        var own = await File.ReadAllTextAsync(MasterKey);

        await File.WriteAllTextAsync(MasterKey, Convert.ToBase64String(new byte[32]));
        await RefusesAsync("The database was made with another master key.");
        await File.WriteAllTextAsync(MasterKey, "too short");
        await RefusesAsync("must hold 32 bytes in base64");
        File.Delete(MasterKey);
        await RefusesAsync("The database is there, but its master key is not");
        Assert.False(File.Exists(MasterKey));

        await using var server = await RunningServer.StartAsync(new ServerSetup { Directory = _directory, Settings = ["--Latchkey:MasterKey", own] });
        Assert.Equal(200, (await server.AdminAsync(HttpMethod.Get, "/v1/tenants")).Status);
        Assert.False(File.Exists(MasterKey));
    }

    [Fact]
    public async Task Whoever_comes_second_to_an_empty_store_leaves_no_master_key_behind()
    {
        await (await StartAsync()).DisposeAsync();
        var own = await File.ReadAllTextAsync(MasterKey);
        File.Delete(MasterKey);
        var setup = new ServerSetup { Directory = _directory, Adapt = builder => builder.Services.Wrap<IInstallationStore>(store => new EmptyAtFirst(store)) };
        var refusal = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => RunningServer.StartAsync(setup));
        Assert.Contains("another master key", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(MasterKey));

        await File.WriteAllTextAsync(MasterKey, own);
        await (await RunningServer.StartAsync(setup)).DisposeAsync();
        Assert.Equal(own, await File.ReadAllTextAsync(MasterKey));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Secrets_are_for_the_owners_eyes_alone()
    {
        await using var server = await StartAsync();
        foreach (var name in TestStore.IsPostgres ? new[] { "master.key", "admin.token" } : ["master.key", "admin.token", "latchkey.db"])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_directory, name)));
        }

        Assert.Equal(server.AdminToken, (await File.ReadAllTextAsync(Path.Combine(_directory, "admin.token"))).Trim());
        Assert.DoesNotContain(Directory.GetFiles(_directory), f => Path.GetFileName(f).StartsWith("master.key.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_admin_token_from_the_settings_is_not_written_down()
    {
        await using var server = await RunningServer.StartAsync(new ServerSetup { Directory = _directory, Settings = ["--Latchkey:AdminToken", "given-by-the-owner-1"] });
        Assert.Equal(200, (await server.GetAsync("/v1/tenants", "given-by-the-owner-1")).Status);
        Assert.False(File.Exists(Path.Combine(_directory, "admin.token")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nineteen-characters")]
    public async Task A_token_file_that_anyone_could_guess_is_refused(string token)
    {
        await (await StartAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_directory, "admin.token"), token);
        await RefusesAsync("use at least 20");
    }

    [Fact]
    [Trait("Store", "sqlite")]
    public async Task A_second_process_is_kept_off_the_database()
    {
        await using var server = await StartAsync();
        await RefusesAsync("is held by another process");
    }

    [Fact]
    public async Task Outside_loopback_the_public_address_must_be_set()
    {
        var run = await LatchkeyProcess.RunAsync("--urls", "http://0.0.0.0:0", "--Latchkey:DataDirectory", _directory);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Set Latchkey:PublicUrl", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Latchkey:PublicUrl", "keys.example.com", "Latchkey:PublicUrl")]
    [InlineData("--Latchkey:Limits:Validate", "-1", "Latchkey:Limits:Validate")]
    [InlineData("--Latchkey:TrustedProxies:0", "proxy", "Latchkey:TrustedProxies")]
    [InlineData("--Latchkey:Smtp:Host", "mail.example", "Latchkey:Smtp:From")]
    [InlineData("--Latchkey:DataDirectry", "/nowhere", "There is no setting Latchkey:DataDirectry")]
    public async Task A_wrong_setting_is_named(string name, string value, string named)
    {
        var run = await LatchkeyProcess.RunAsync("--urls", "http://127.0.0.1:0", "--Latchkey:DataDirectory", _directory, name, value);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(new ServerSetup { Directory = _directory });

    private async Task RefusesAsync(string sentence)
    {
        var run = await LatchkeyProcess.RunAsync("serve", "--urls", "http://127.0.0.1:0", "--Latchkey:DataDirectory", _directory);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("latchkey cannot start: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The store as a node sees it that looks a moment before another one prepares it.</summary>
    private sealed class EmptyAtFirst(IInstallationStore store) : IInstallationStore
    {
        private bool _looked;

        public bool IsShared => store.IsShared;

        public async Task<InstallationRow?> FindAsync(CancellationToken ct)
        {
            var found = _looked ? await store.FindAsync(ct) : null;
            _looked = true;
            return found;
        }

        public Task<InstallationRow> AddAsync(InstallationRow row, CancellationToken ct) => store.AddAsync(row, ct);
    }
}
