using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Latchkey.AspNetCore.Hosting;
using Latchkey.Gumroad.Api;
using Latchkey.Gumroad.Events;
using Latchkey.Mail;
using Latchkey.Server.Hosting;
using Latchkey.Simulator;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Latchkey.Server.Demo;

/// <summary>
/// A server, a simulated Gumroad and a mail catcher on loopback, with a tenant that sells two products. Its data is thrown away at the end.
/// Programs on this machine that want to try something with it find in <see cref="NoteName"/> where it is.
/// </summary>
internal sealed class DemoHouse : IAsyncDisposable
{
    /// <summary>Ten times faster than Gumroad: a sale's ping comes after one second.</summary>
    public const double Speed = 10;

    public const double ScriptSpeed = 100;
    public const string Tenant = "acme";

    /// <summary>A file in the data directory, which only its owner can read: <c>server</c>, <c>tenant</c>, <c>issuer</c> and <c>api_token</c>.</summary>
    public const string NoteName = "demo.json";

    private const int ServerPort = 5080;
    private const int SimulatorPort = 5081;

    private readonly WebApplication _server;

    private DemoHouse(WebApplication server, GumroadSimulator gumroad, MailCatcher mails, SellerApi seller, string directory)
    {
        _server = server;
        DataDirectory = directory;
        Gumroad = gumroad;
        Mails = mails;
        Seller = seller;
    }

    public GumroadSimulator Gumroad { get; }

    public MailCatcher Mails { get; }

    public SellerApi Seller { get; }

    public Uri Address => Seller.Address;

    public string DataDirectory { get; }

    /// <param name="fixedPorts">Takes the well-known ports where they are free, so that addresses stay the same from run to run.</param>
    public static async Task<DemoHouse> OpenAsync(double speed, bool fixedPorts, CancellationToken ct)
    {
        var directory = Directory.CreateTempSubdirectory("latchkey-demo-").FullName;
        var mails = new MailCatcher(Path.Combine(directory, "mails"));
        var gumroad = await GumroadSimulator.StartAsync(
            new SimulatorOptions { PingSpeed = speed, Port = fixedPorts && IsFree(SimulatorPort) ? SimulatorPort : 0, AllowPrivateAddresses = true }, ct);
        var api = new Uri(gumroad.Address, "v2/");
        var server = ServerHost.Build(
            [
                "--urls", $"http://127.0.0.1:{(fixedPorts && IsFree(ServerPort) ? ServerPort : 0).ToString(CultureInfo.InvariantCulture)}",
                "--Latchkey:DataDirectory", directory,
                "--Latchkey:Gumroad:ApiUrl", api.ToString(),
                "--Latchkey:Gumroad:ShopUrl", gumroad.Address.ToString(),
                // Nothing of a real installation's settings may reach into the demo.
                "--Latchkey:PublicUrl", string.Empty,
                "--Latchkey:MasterKey", string.Empty,
                "--Latchkey:AdminToken", string.Empty,
                "--ConnectionStrings:Latchkey", string.Empty,
                "--Logging:LogLevel:Default", "Warning",
            ],
            builder => builder.Services.Replace(ServiceDescriptor.Singleton<IMailTransport>(mails)));
        mails.MapPage(server);
        await server.StartAsync(ct);

        var address = new Uri(server.Urls.First());
        var seller = new SellerApi(address, server.Services.GetRequiredService<InstallationSecrets>().AdminToken!, Tenant);
        var house = new DemoHouse(server, gumroad, mails, seller, directory);
        await house.ConnectAsync(api, await seller.OpenShopAsync(ct), ct);
        return house;
    }

    public void Introduce(TextWriter to) => to.WriteLine($"""
        Latchkey demo: a server, a simulated Gumroad and a mail catcher, on this machine only.

          shop      {Gumroad.Address}        buy something here
          seller    {new Uri(Gumroad.Address, "seller")}  refund, dispute, resend pings
          mails     {new Uri(Address, "mails")}   the license keys arrive here (a sale takes a second)
          API       {new Uri(Address, "openapi/v1.json")}

        Try: buy Inkwell, take the key from the mail, and activate it:

          curl -s {new Uri(Address, $"v1/tenants/{Tenant}/licenses/activate")} -H 'Content-Type: application/json' \
            -d '{"{"}"key":"INK-…","product":"inkwell","device":{"{"}"hash":"{new string('A', 43)}","name":"my laptop"{"}"},"nonce":"AAAAAAAAAAA"{"}"}'

        then refund the sale on the seller's page, and ask again:

          curl -s {new Uri(Address, $"v1/tenants/{Tenant}/licenses/validate")} -H 'Content-Type: application/json' \
            -d '{"{"}"key":"INK-…","product":"inkwell"{"}"}'

        See what arrived:

          curl -s {new Uri(Address, $"v1/tenants/{Tenant}/pings")} -H 'Authorization: Bearer {Seller.ApiToken}'

        Brush Pack has no rule yet: buy it, and see its sale stored and held until one fits.

        Sell one thing to one user, from an app of your own: in samples/express-one-time,

          npm start

        The data is in {DataDirectory} and is thrown away when you stop this with Ctrl+C.
        """);

    public async ValueTask DisposeAsync()
    {
        await Gumroad.DisposeAsync();
        Seller.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    /// <summary>As a seller does it: Gumroad is told where its pings go, and Latchkey gets an access token for Gumroad's API.</summary>
    private async Task ConnectAsync(Uri api, Uri pings, CancellationToken ct)
    {
        var token = Gumroad.CreateAccessToken();
        using var client = new GumroadClient(new GumroadClientOptions { AccessToken = token, ApiUrl = api });
        foreach (var resource in Enum.GetValues<GumroadResource>())
        {
            await client.ResourceSubscriptions.CreateAsync(resource, pings, ct);
        }

        await Seller.PutAsync("integration", new JsonObject { ["gumroad_access_token"] = token }, ct);
        var note = new JsonObject
        {
            ["server"] = Address.GetLeftPart(UriPartial.Authority),
            ["tenant"] = Tenant,
            ["issuer"] = new Uri(Address, Tenant).ToString(),
            ["api_token"] = Seller.ApiToken,
        };
        await File.WriteAllTextAsync(Path.Combine(DataDirectory, NoteName), note.ToJsonString(), ct);
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
