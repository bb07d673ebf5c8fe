using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.Licenses;

/// <summary>How often apps may ask, per address and per key, on this node. A limit of 0 is off.</summary>
internal sealed class RateLimits : IDisposable
{
    private readonly PartitionedRateLimiter<string> _activate;
    private readonly PartitionedRateLimiter<string> _activateHourly;
    private readonly PartitionedRateLimiter<string> _validate;
    private readonly PartitionedRateLimiter<string> _deactivate;

    public RateLimits(IOptions<LatchkeyOptions> options)
    {
        var limits = options.Value.Limits;
        _activate = Of(limits.Activate, TimeSpan.FromMinutes(1));
        _activateHourly = Of(limits.ActivateHourly, TimeSpan.FromHours(1));
        _validate = Of(limits.Validate, TimeSpan.FromMinutes(1));
        _deactivate = Of(limits.Deactivate, TimeSpan.FromMinutes(1));
    }

    public enum Verb
    {
        Activate,
        Validate,
        Deactivate,
    }

    /// <returns>Null when the request may go on, else after how many seconds to try again.</returns>
    public int? RefusesAddress(Verb verb, IPAddress? address) => Refuses(verb, "a:" + Place(address));

    /// <param name="key">A keyed hash of the license key; the key itself is not kept.</param>
    /// <inheritdoc cref="RefusesAddress"/>
    public int? RefusesKey(Verb verb, string key) => Refuses(verb, "k:" + key);

    /// <summary>An unknown key costs the address a second time, so that guessing is slow.</summary>
    public void Penalize(Verb verb, IPAddress? address)
    {
        foreach (var limiter in LimitersOf(verb))
        {
            limiter.AttemptAcquire("a:" + Place(address)).Dispose();
        }
    }

    public void Dispose()
    {
        _activate.Dispose();
        _activateHourly.Dispose();
        _validate.Dispose();
        _deactivate.Dispose();
    }

    private int? Refuses(Verb verb, string who)
    {
        foreach (var limiter in LimitersOf(verb))
        {
            using var lease = limiter.AttemptAcquire(who);
            if (!lease.IsAcquired)
            {
                return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 60;
            }
        }

        return null;
    }

    private PartitionedRateLimiter<string>[] LimitersOf(Verb verb) => verb switch
    {
        Verb.Activate => [_activate, _activateHourly],
        Verb.Validate => [_validate],
        _ => [_deactivate],
    };

    private static PartitionedRateLimiter<string> Of(int permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(who => permits == 0
            ? RateLimitPartition.GetNoLimiter(string.Empty)
            : RateLimitPartition.GetFixedWindowLimiter(who, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window, QueueLimit = 0 }));

    /// <summary>One household of IPv6 has a whole /64.</summary>
    private static string Place(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
