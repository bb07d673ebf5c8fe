using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.Hosting;

/// <summary>The address the outside knows: the setting, or the loopback address listened on. The <c>Host</c> header is never believed.</summary>
internal sealed class PublicAddress(IOptions<LatchkeyOptions> options, IServer server)
{
    /// <exception cref="InvalidOperationException">None is set, and the server listens to the outside.</exception>
    public string Url => options.Value.PublicUrl is { Length: > 0 } set ? set.TrimEnd('/') : Listened();

    public static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));

    private string Listened()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return addresses.Count > 0 && addresses.All(IsLoopback)
            ? addresses.First().TrimEnd('/')
            : throw new InvalidOperationException("Set Latchkey:PublicUrl to the address under which this server is reached, for example https://keys.example.com.");
    }
}
