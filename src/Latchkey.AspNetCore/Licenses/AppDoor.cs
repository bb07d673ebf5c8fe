using Latchkey.AspNetCore.Web;
using Latchkey.Contracts;
using Latchkey.Contracts.Api;
using Latchkey.Contracts.Keys;
using Latchkey.Keys;
using Latchkey.Licenses;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Licenses;

/// <param name="Tenant">Null when there is none of that name; what follows must look like an unknown key.</param>
/// <param name="KeyHash">Keyed, and the same however the key was typed, so that neither logs nor tables give a key away.</param>
/// <param name="Refusal">The answer to give at once when it was asked too often.</param>
internal sealed record AppVisit(TenantContext? Tenant, string KeyHash, IResult? Refusal);

/// <summary>What each request of an app passes first: the limit of its address, then that of its key.</summary>
internal sealed class AppDoor(TenantDirectory directory, KeyFinder keys, Installation installation, RateLimits limits)
{
    public async Task<AppVisit> EnterAsync(HttpContext http, RateLimits.Verb verb, string tenant, string typedKey)
    {
        // The address first: it is free to ask, the tenant may cost a look into the store.
        if (limits.RefusesAddress(verb, http.Connection.RemoteIpAddress) is { } wait)
        {
            return new(null, string.Empty, TooOften(wait));
        }

        var found = await directory.FindAsync(tenant, http.RequestAborted);
        var hash = Convert.ToHexString(found is null ? installation.KeyLookup.Of(ForeignKey.Normalize(typedKey)) : keys.LookupOf(found, typedKey));
        return new(found, hash, limits.RefusesKey(verb, hash) is { } seconds ? TooOften(seconds) : null);
    }

    /// <inheritdoc cref="RateLimits.Penalize"/>
    public void Penalize(HttpContext http, RateLimits.Verb verb) => limits.Penalize(verb, http.Connection.RemoteIpAddress);

    private static IResult TooOften(int seconds) =>
        Problems.Of(429, new Problem { Code = Codes.RateLimited, Detail = $"Too many requests; try again in {seconds} seconds.", RetryAfter = seconds });
}
