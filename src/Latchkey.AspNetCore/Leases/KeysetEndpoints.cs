using System.Text.Json.Serialization;
using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Contracts.Api;
using Latchkey.Contracts.Leases;
using Latchkey.Leases;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Leases;

/// <param name="Roots">The root public keys an app builds in.</param>
internal sealed record RootsReply(
    [property: JsonPropertyName("iss")] string Issuer,
    [property: JsonPropertyName("roots")] IReadOnlyList<Jwk> Roots);

/// <param name="Withdraw">The id of a stolen key: refused from now on.</param>
internal sealed record RotateBody(
    [property: JsonPropertyName("withdraw")] string? Withdraw);

internal sealed record RotateReply(
    [property: JsonPropertyName("kid")] string KeyId,
    [property: JsonPropertyName("current_from")] DateTimeOffset CurrentFrom);

/// <summary>The public keys of a tenant, for anyone; rotating them, for the seller.</summary>
internal static class KeysetEndpoints
{
    public static void MapKeysets(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("").WithTags("Keys");
        group.MapGet("/keyset", KeysetAsync).WithName("GetKeyset").Produces<KeysetReply>();
        group.MapGet("/keyset/roots", RootsAsync).WithName("GetRoots").Produces<RootsReply>();
        group.MapGet("/.well-known/jwks.json", JwksAsync).WithName("GetJwks").Produces<JwkSet>();
        group.MapPost("/keyset/rotate", RotateAsync).RequireScope(Scopes.Write).WithName("RotateKeys").Accepts<RotateBody>("application/json").Produces<RotateReply>();
    }

    private static Task<IResult> KeysetAsync(string tenant, HttpContext http, TenantDirectory directory, TimeProvider time) =>
        ForAsync(tenant, http, directory, found =>
            Results.Json(new KeysetReply { Keyset = Keysets.Signed(found, time.GetUtcNow()) }, ContractsJson.Default.KeysetReply));

    private static Task<IResult> RootsAsync(string tenant, HttpContext http, TenantDirectory directory) =>
        ForAsync(tenant, http, directory, found => WebJson.Ok(new RootsReply(found.Tenant.Issuer, Keysets.Roots(found)), WebJson.Default.RootsReply));

    private static Task<IResult> JwksAsync(string tenant, HttpContext http, TenantDirectory directory, TimeProvider time) =>
        ForAsync(tenant, http, directory, found => WebJson.Ok(Keysets.Jwks(found, time.GetUtcNow()), WebJson.Default.JwkSet));

    private static async Task<IResult> RotateAsync(HttpContext http, TenantAdmin admin, Audit audit)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, WebJson.Default.RotateBody);
        if (problem is not null)
        {
            return problem;
        }

        var tenant = Caller.TenantOf(http);
        if (body!.Withdraw is { } stolen && !tenant.SigningKeys.Any(k => k.KeyId == stolen && k.Row.Role == SigningKeyRole.Lease))
        {
            return Problems.Invalid("withdraw", "withdraw names a signing key of this tenant by its kid.");
        }

        var next = await admin.RotateKeysAsync(tenant, body.Withdraw, http.RequestAborted);
        await audit.WriteAsync(http, tenant.Id, body.Withdraw is null ? "keys.rotate" : "keys.withdraw", body.Withdraw ?? next.KeyId);
        return WebJson.Ok(new RotateReply(next.KeyId, next.CurrentFrom), WebJson.Default.RotateReply);
    }

    private static async Task<IResult> ForAsync(string tenant, HttpContext http, TenantDirectory directory, Func<TenantContext, IResult> reply) =>
        await directory.FindAsync(tenant, http.RequestAborted) is { } found ? reply(found) : Problems.NotFound("tenant");
}
