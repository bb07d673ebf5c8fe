using System.Text.Json;
using Latchkey.Licenses;
using Latchkey.PurchaseLinks;
using Latchkey.Purchases;
using Latchkey.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>
/// What a return means. Its signed result says which link it is about, and that this browser may know; what became of the link, the store says.
/// </summary>
internal sealed class ReturnReading(
    HomeTenant home, IPurchaseLinkStore links, IPurchaseStore purchases, ILicenseStore licenses, IOptions<JsonOptions> json, TimeProvider time)
{
    private const int MostLicenses = 100;

    public async Task<PurchaseReturn> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var tenant = await home.FindAsync(ct);
        return await LinkOfAsync(tenant, request, ct) is var (link, told)
            ? await OfAsync(tenant, link, ct, told)
            : new(tenant, null, new PurchaseResult { Error = PurchaseErrors.InvalidResult });
    }

    /// <param name="told">The reason that its result gives: whether a used link is this visitor's own purchase, only that can say.</param>
    public async Task<PurchaseReturn> OfAsync(TenantContext tenant, PurchaseLink link, CancellationToken ct, string? told = null)
    {
        var standing = await LinkStanding.OfAsync(link, purchases, time.GetUtcNow(), ct);
        var error = standing.Reason
            ?? (standing.State != LinkStanding.Redeemed ? PurchaseErrors.NotPaid : told == PurchaseErrors.AlreadyUsed ? told : null);
        var purchase = link is { State: LinkState.Redeemed, Purchase: { } id } ? await purchases.FindAsync(tenant.Id, id, ct) : null;
        return new(tenant, link, new PurchaseResult
        {
            Link = link.Id,
            Error = error,
            Data = LinkData.Open(tenant, link) is { } data ? JsonElement.Parse(data) : null,
            Subject = link.Subject ?? purchase?.Subject,
            Purchase = purchase?.Id,
            Licenses = purchase is null ? [] : await LicensesOfAsync(purchase, ct),
            Email = purchase?.Email,
            IdempotencyKey = error is null ? PurchaseResults.KeyOf(link) : null,
            Json = json.Value.SerializerOptions,
        });
    }

    /// <summary>A result is good at the return it was made for: what one pays for there must not be had elsewhere.</summary>
    private async Task<(PurchaseLink Link, string? Told)?> LinkOfAsync(TenantContext tenant, HttpRequest request, CancellationToken ct) =>
        request.Query[PurchaseResults.LinkParameter] is [{ Length: > 0 and <= 64 } named]
        && await links.FindAsync(tenant.Id, named, ct) is { ReturnUrl: { } url } link
        && PurchaseResults.Read(tenant, request.Query[PurchaseResults.ResultParameter], PurchaseResults.OriginOf(url), time.GetUtcNow()) is { } claims
        && claims.Link == link.Id
        && ReturnMap.IsSamePath(new Uri(url).AbsolutePath, request.PathBase.Add(request.Path).ToUriComponent())
            ? (link, claims.Reason)
            : null;

    private async Task<IReadOnlyList<PurchasedLicense>> LicensesOfAsync(Purchase purchase, CancellationToken ct) =>
        [.. (await licenses.ListAsync(purchase.Tenant, new LicenseFilter(Purchase: purchase.Id), null, MostLicenses, ct))
            .Select(l => new PurchasedLicense(l.Id, l.Product, l.KeyType, l.Tier, l.Entitlements))];
}
