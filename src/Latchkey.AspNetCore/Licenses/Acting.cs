using Latchkey.AspNetCore.Tenants;
using Latchkey.AspNetCore.Web;
using Latchkey.Inbox;
using Latchkey.Licenses;
using Microsoft.AspNetCore.Http;

namespace Latchkey.AspNetCore.Licenses;

/// <summary>Does an act once per <c>Idempotency-Key</c>, writes it to the audit log, and waits a little until it is folded.</summary>
internal sealed class Acting(SellerActions actions, ILicenseStore licenses, TimeProvider time, Audit audit)
{
    /// <param name="kind">One of <see cref="SellerActs"/>.</param>
    /// <param name="request">What was asked, where that is more than the act and the license.</param>
    public async Task<IResult> ActAsync(HttpContext http, string id, string kind, DateTimeOffset? until = null, string request = "")
    {
        var tenant = Caller.TenantOf(http);
        var reservation = await IdempotencyKeys.ReserveAsync(http, tenant.Id, Caller.Of(http).Actor, $"POST {kind} {id}", request);
        if (reservation.Conflict is { } conflict)
        {
            return conflict;
        }

        var act = reservation.Earlier?.ResourceId;
        if (act is null)
        {
            try
            {
                act = await actions.ActAsync(tenant, id, kind, http.RequestAborted, until);
            }
            finally
            {
                await IdempotencyKeys.FinishAsync(http, reservation, act is null ? null : 200, act);
            }

            if (act is null)
            {
                return Problems.NotFound("license");
            }

            await audit.WriteAsync(http, tenant.Id, "license." + kind, id);
        }

        var entry = await actions.FoldedAsync(tenant.Id, act, time.GetUtcNow(), http.RequestAborted);
        var license = await licenses.FindAsync(tenant.Id, id, http.RequestAborted);
        return await LicenseEndpoints.ReplyAsync(license, http, licenses, time, entry is { Status: EntryStatus.Received } ? 202 : 200);
    }
}
