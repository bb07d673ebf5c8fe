using System.Net;
using System.Net.Sockets;

namespace Latchkey.Simulator.Pings;

/// <summary>Which URLs Gumroad does not post to. Source: <c>app/models/resource_subscription.rb</c> and the delivery worker.</summary>
internal static class AddressRules
{
    // Private, loopback, link-local, carrier, documentation, benchmark, multicast, translation and reserved ranges.
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "fc00::/7", "fe80::/10",
            "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>What can be said of a URL without asking for its host's addresses.</summary>
    public static bool MayPost(Uri url, GumroadVersion version, bool allowPrivate)
    {
        if (!IsWeb(url))
        {
            return false;
        }

        var host = WrittenHost(url);
        return allowPrivate || (version == GumroadVersion.April2025
            ? host is not ("127.0.0.1" or "localhost" or "0.0.0.0")
            : IsPublicName(host.TrimEnd('.'), url));
    }

    /// <summary>The same, and for the newest Gumroad what the host resolves to. A host without an address is no private one.</summary>
    public static Task<bool> MayPostAsync(Uri url, GumroadVersion version, bool allowPrivate, CancellationToken ct) =>
        MayPostAsync(url, version, allowPrivate, Dns.GetHostAddressesAsync, ct);

    internal static async Task<bool> MayPostAsync(
        Uri url, GumroadVersion version, bool allowPrivate, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken ct)
    {
        if (!MayPost(url, version, allowPrivate))
        {
            return false;
        }

        if (allowPrivate || version == GumroadVersion.April2025 || url.HostNameType != UriHostNameType.Dns)
        {
            return true;
        }

        try
        {
            return !Array.Exists(await resolve(url.IdnHost, ct), IsClosed);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>Whether it is absolute, http or https, and has a host.</summary>
    public static bool IsWeb(Uri url) => url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && url.Host.Length > 0;

    private static bool IsPublicName(string host, Uri url)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // Uri has read 2130706433, 0x7f.1 and 0177.0.0.1 as addresses; only one written plainly is a host of its own.
        return url.HostNameType switch
        {
            UriHostNameType.IPv4 => host == url.Host && !IsClosed(IPAddress.Parse(host)),
            UriHostNameType.IPv6 => !IsClosed(IPAddress.Parse(url.Host)),
            _ => !host.Split('.').All(IsNumber),
        };
    }

    private static bool IsNumber(string label) => label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || label.All(char.IsAsciiDigit);

    private static bool IsClosed(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(Closed, network => network.Contains(plain));
    }

    // Uri rewrites hosts (case, numbers), Gumroad's older check compares what was written.
    private static string WrittenHost(Uri url)
    {
        var text = url.OriginalString.AsSpan();
        var start = text.IndexOf("://");
        if (start < 0)
        {
            return url.Host;
        }

        text = text[(start + 3)..];
        var end = text.IndexOfAny("/?#\\");
        text = end < 0 ? text : text[..end];
        text = text[(text.LastIndexOf('@') + 1)..];
        var port = text.LastIndexOf(':');
        return (port > text.LastIndexOf(']') ? text[..port] : text).ToString();
    }
}
