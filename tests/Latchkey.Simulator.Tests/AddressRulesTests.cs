using System.Net;
using System.Net.Sockets;
using Latchkey.Simulator.Pings;

namespace Latchkey.Simulator.Tests;

public sealed class AddressRulesTests : SimulatorTest
{
    [Theory]
    [InlineData("http://example.org/ping", true, true)]
    [InlineData("https://shop:secret@example.org:8443/ping?token=t#top", true, true)]
    [InlineData("ftp://example.org/ping", false, false)]
    [InlineData("file:///etc/hosts", false, false)]
    [InlineData("http://93.184.216.34/", true, true)]
    [InlineData("http://[2606:2800:220:1::1]/", true, true)]
    [InlineData("http://127.0.0.1/", false, false)]
    [InlineData("http://127.0.0.1:8080/ping", false, false)]
    [InlineData("http://me@localhost:8080/ping", false, false)]
    [InlineData("http://0.0.0.0/", false, false)]
    [InlineData("http://LOCALHOST/", true, false)]
    [InlineData("http://localhost./", true, false)]
    [InlineData("http://shop.localhost/", true, false)]
    [InlineData("http://127.0.0.2/", true, false)]
    [InlineData("http://2130706433/", true, false)]
    [InlineData("http://0x7f000001/", true, false)]
    [InlineData("http://0x7f.1/", true, false)]
    [InlineData("http://0177.0.0.1/", true, false)]
    [InlineData("http://127.1/", true, false)]
    [InlineData("http://127.0.0.1./", true, false)]
    [InlineData("http://999999999999/", true, false)]
    [InlineData("http://10.1.2.3/", true, false)]
    [InlineData("http://100.64.0.1/", true, false)]
    [InlineData("http://169.254.169.254/", true, false)]
    [InlineData("http://172.16.0.1/", true, false)]
    [InlineData("http://172.32.0.1/", true, true)]
    [InlineData("http://192.0.2.7/", true, false)]
    [InlineData("http://192.168.1.1/", true, false)]
    [InlineData("http://198.18.0.1/", true, false)]
    [InlineData("http://203.0.113.9/", true, false)]
    [InlineData("http://224.0.0.1/", true, false)]
    [InlineData("http://240.0.0.1/", true, false)]
    [InlineData("http://255.255.255.255/", true, false)]
    [InlineData("http://[::1]/", true, false)]
    [InlineData("http://[::]/", true, false)]
    [InlineData("http://[::ffff:127.0.0.1]/", true, false)]
    [InlineData("http://[64:ff9b::7f00:1]/", true, false)]
    [InlineData("http://[2002:7f00:1::]/", true, false)]
    [InlineData("http://[2001:db8::1]/", true, false)]
    [InlineData("http://[fd00::1]/", true, false)]
    [InlineData("http://[fe80::1]/", true, false)]
    [InlineData("http://[ff02::1]/", true, false)]
    public void Each_version_refuses_its_addresses(string url, bool april2025, bool newest)
    {
        Assert.Equal(april2025, AddressRules.MayPost(new Uri(url), GumroadVersion.April2025, allowPrivate: false));
        Assert.Equal(newest, AddressRules.MayPost(new Uri(url), GumroadVersion.Newest, allowPrivate: false));
        Assert.Equal(url.StartsWith("http", StringComparison.Ordinal), AddressRules.MayPost(new Uri(url), GumroadVersion.Newest, allowPrivate: true));
    }

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("93.184.216.34 10.0.0.1", false)]
    [InlineData("2606:2800:220:1::1 ::1", false)]
    [InlineData("", true)]
    public async Task The_newest_Gumroad_asks_for_the_addresses_of_a_name(string addresses, bool newest)
    {
        Assert.Equal(newest, await MayPostAsync(GumroadVersion.Newest, allowPrivate: false));
        Assert.True(await MayPostAsync(GumroadVersion.Newest, allowPrivate: true));
        Assert.True(await MayPostAsync(GumroadVersion.April2025, allowPrivate: false));

        Task<bool> MayPostAsync(GumroadVersion version, bool allowPrivate) => AddressRules.MayPostAsync(
            new Uri("http://shop.example/"), version, allowPrivate,
            (_, _) => addresses.Length == 0 ? throw new SocketException() : Task.FromResult(addresses.Split(' ').Select(IPAddress.Parse).ToArray()), Limit);
    }

    [Theory]
    [InlineData(GumroadVersion.Newest, "127.0.0.1", false, null)]
    [InlineData(GumroadVersion.April2025, "127.0.0.1", false, null)]
    [InlineData(GumroadVersion.Newest, "2130706433", false, null)]
    [InlineData(GumroadVersion.April2025, "2130706433", false, 200)]
    [InlineData(GumroadVersion.Newest, "127.0.0.1", true, 200)]
    [InlineData(GumroadVersion.April2025, "127.0.0.1", true, 200)]
    public async Task An_address_is_checked_again_when_it_delivers(GumroadVersion version, string host, bool allowed, int? status)
    {
        var simulator = await StartAsync(new SimulatorOptions { Speed = 0, Version = version, AllowPrivateAddresses = allowed });
        Assert.True(simulator.Endpoints.EnterAccountUrl($"http://{host}:{Receiver.Url.Port}/"));
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        var attempt = Assert.Single(simulator.Attempts);
        Assert.Equal((status, status is null ? PingAttempt.PrivateAddress : null), (attempt.Status, attempt.Failure));
        Assert.Equal(status is null ? 0 : 1, Receiver.Requests.Count);
    }

    [Theory]
    [InlineData(GumroadVersion.Newest)]
    [InlineData(GumroadVersion.April2025)]
    public async Task An_address_given_in_code_is_always_served_but_no_other_scheme_it_redirects_to(GumroadVersion version)
    {
        Receiver.Answer = (_, context) =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = "ftp://127.0.0.1/";
            return Task.CompletedTask;
        };
        var simulator = await SubscribedAsync(Still(version));
        await simulator.BuyAsync(Inkwell, Limit);
        await simulator.WhenQuietAsync(Limit);
        Assert.Single(Receiver.Requests);
        Assert.Equal(PingAttempt.PrivateAddress, Assert.Single(simulator.Attempts).Failure);
    }
}
