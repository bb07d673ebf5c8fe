using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Latchkey.Server.Demo;
using Latchkey.Server.Tests.Running;
using Latchkey.Simulator;
using Microsoft.AspNetCore.WebUtilities;

namespace Latchkey.Server.Tests.PurchaseLinks;

/// <summary>The sample <c>samples/express-one-time</c> beside the demo, as somebody who tries it starts both.</summary>
public sealed class ExpressWall : IAsyncLifetime
{
    public static readonly string Sample = Path.GetFullPath(Path.Combine(SourceTree.Project, "..", "..", "samples", "express-one-time"));

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("latchkey-wall-").FullName;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, disposeHandler: true);
    private DemoHouse? _house;
    private Process? _app;

    internal DemoHouse House => _house!;

    /// <summary>Without a slash at its end.</summary>
    public string Address { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync()
    {
        _house = await DemoHouse.OpenAsync(DemoHouse.ScriptSpeed, fixedPorts: false, CancellationToken.None);

        // Its packages are those of tests/npm, and of the demos on this machine it sees this one.
        Directory.CreateSymbolicLink(Path.Combine(_directory, "node_modules"), Path.Combine(SourceTree.Npm, "node_modules"));
        Directory.CreateSymbolicLink(Path.Combine(_directory, "latchkey-demo-this"), _house.DataDirectory);
        foreach (var file in Directory.GetFiles(Sample, "*.js").Append(Path.Combine(Sample, "package.json")))
        {
            File.Copy(file, Path.Combine(_directory, Path.GetFileName(file)));
        }

        _app = await Node.StartAppAsync(Path.Combine(_directory, "server.js"), ("PORT", "0"), ("TMPDIR", _directory));
        var errors = _app.StandardError.ReadToEndAsync();
        var line = await _app.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        Assert.True(line is not null, line is null ? await errors : null);
        Address = line!["The wall is at ".Length..].TrimEnd('/');
        _ = _app.StandardOutput.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null)
        {
            _app.Kill();
            await _app.WaitForExitAsync();
            _app.Dispose();
        }

        if (_house is not null)
        {
            await _house.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <returns>The cookie of the user's session.</returns>
    public async Task<string> SignInAsync(string user)
    {
        var reply = await SendAsync(HttpMethod.Post, Address + "/sign-in", null, ("name", user));
        Assert.Equal(303, reply.Status);
        return reply.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>The user writes his words and is sent to pay.</summary>
    public async Task<WallLink> BuyAsync(string cookie, string words)
    {
        var reply = await SendAsync(HttpMethod.Post, Address + "/buy", cookie, ("words", words));
        Assert.Equal(303, reply.Status);
        var wait = reply.Headers.Location!;
        Assert.StartsWith(new Uri(House.Address, "wait/").ToString(), wait.ToString(), StringComparison.Ordinal);
        return new WallLink(this, wait);
    }

    internal async Task<JsonNode> LinkAsync(string id) => await House.Seller.GetAsync($"purchase-links/{id}", CancellationToken.None);

    public Task<Reply> GetAsync(string address, string? cookie = null) => SendAsync(HttpMethod.Get, address, cookie);

    private async Task<Reply> SendAsync(HttpMethod method, string address, string? cookie, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Content = form.Length > 0 ? new FormUrlEncodedContent(form.ToDictionary(f => f.Name, f => f.Value)) : null;
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var response = await _http.SendAsync(request);
        var text = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        return new Reply((int)response.StatusCode, text, response.Content.Headers.ContentType?.MediaType, response.Headers);
    }
}

/// <summary>A link that a user of the wall was sent to.</summary>
public sealed class WallLink(ExpressWall wall, Uri wait)
{
    /// <summary>Pays at Gumroad's checkout, and waits until the app could know.</summary>
    public async Task PayAsync(int cents = 700)
    {
        var checkout = (await wall.GetAsync(wait.ToString().Replace("/wait/", "/go/", StringComparison.Ordinal))).Headers.Location!;
        Assert.Equal((wall.House.Gumroad.Address.Authority, "/l/papers"), (checkout.Authority, checkout.AbsolutePath));
        await wall.House.Gumroad.BuyAsync(new BuyOrder
        {
            Permalink = "papers",
            Email = "somebody.else@example.org",
            PriceUsdCents = cents,
            UrlParams = QueryHelpers.ParseQuery(checkout.Query).ToDictionary(p => p.Key, p => p.Value.ToString()),
        });
        var id = await IdAsync();
        await Eventually.HoldsAsync(async () => (string?)(await wall.LinkAsync(id))["state"] != "open", "the sale was not found");
    }

    /// <returns>Where the waiting page leads now: the app's address with a signed result.</returns>
    public async Task<Uri> WayBackAsync() => (await wall.GetAsync(wait + "/back")).Headers.Location!;

    private async Task<string> IdAsync() => (string)QueryHelpers.ParseQuery((await WayBackAsync()).Query)["latchkey_link"]!;
}
