using Latchkey.AspNetCore.Web;
using Latchkey.Contracts;
using Latchkey.Contracts.Api;
using Latchkey.Licenses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Latchkey.AspNetCore.Licenses;

/// <summary>What apps ask. The license key is the credential; tenants that do not exist answer like unknown keys.</summary>
internal static class AppEndpoints
{
    public static void MapApps(this RouteGroupBuilder tenant)
    {
        var group = tenant.MapGroup("/licenses").WithTags("Apps");
        group.MapPost("/activate", ActivateAsync).WithName("Activate").Accepts<ActivateRequest>("application/json")
            .Produces<ActivateReply>(201).Produces<ActivateReply>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(429);
        group.MapPost("/validate", ValidateAsync).WithName("Validate").Accepts<ValidateRequest>("application/json").Produces<ValidateReply>().ProducesProblem(429);
        group.MapPost("/deactivate", DeactivateAsync).WithName("Deactivate").Accepts<DeactivateRequest>("application/json")
            .Produces<DeactivateReply>().ProducesProblem(404).ProducesProblem(429);
    }

    private static async Task<IResult> ActivateAsync(string tenant, HttpContext http, AppDoor door, Licensing licensing)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, ContractsJson.Default.ActivateRequest);
        problem ??= AppInput.Fault(body!);
        if (problem is not null)
        {
            return problem;
        }

        var visit = await door.EnterAsync(http, RateLimits.Verb.Activate, tenant, body!.Key!);
        if (visit.Refusal is not null)
        {
            return visit.Refusal;
        }

        var device = Device.Of(body!.Device!.Hash!, body.Device.Name, body.Device.Platform, body.Device.AppVersion);
        var reservation = await IdempotencyKeys.ReserveAsync(
            http, tenant, visit.KeyHash, "activate", $"{body.Product}\n{device.Hash}\n{device.Name}\n{device.Platform}\n{device.AppVersion}");
        if (reservation.Conflict is { } conflict)
        {
            return conflict;
        }

        ActivateOutcome outcome = new ActivateOutcome.NotFound();
        try
        {
            if (visit.Tenant is { } found)
            {
                outcome = await licensing.ActivateAsync(found, body.Key!, body.Product!, device, body.Nonce, http.RequestAborted);
            }
        }
        finally
        {
            var made = outcome as ActivateOutcome.Activated;
            await IdempotencyKeys.FinishAsync(http, reservation, made is null ? null : made.Created ? 201 : 200, made?.Activation.Id);
        }

        if (outcome is ActivateOutcome.NotFound)
        {
            door.Penalize(http, RateLimits.Verb.Activate);
        }

        return ReplyOf(outcome, reservation.Earlier?.Status);
    }

    private static async Task<IResult> ValidateAsync(string tenant, HttpContext http, AppDoor door, Licensing licensing)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, ContractsJson.Default.ValidateRequest);
        problem ??= AppInput.Fault(body!);
        if (problem is not null)
        {
            return problem;
        }

        var visit = await door.EnterAsync(http, RateLimits.Verb.Validate, tenant, body!.Key!);
        if (visit.Refusal is not null)
        {
            return visit.Refusal;
        }

        var outcome = visit.Tenant is { } found
            ? await licensing.ValidateAsync(
                found, body!.Key!, body.Product!, body.ActivationId, body.Device?.Hash, body.Nonce, body.Entitlement, http.RequestAborted)
            : new ValidateOutcome(false, Codes.KeyNotFound, null, null);
        if (outcome.Code == Codes.KeyNotFound)
        {
            door.Penalize(http, RateLimits.Verb.Validate);
        }

        var reply = new ValidateReply
        {
            Valid = outcome.Valid,
            Code = outcome.Code,
            Reason = outcome.Valid ? null : AppTexts.ReasonOf(outcome.Code),
            License = outcome.License is { } view ? InfoOf(view) : null,
            Lease = outcome.Lease,
        };
        return Results.Json(reply, ContractsJson.Default.ValidateReply);
    }

    private static async Task<IResult> DeactivateAsync(string tenant, HttpContext http, AppDoor door, Licensing licensing)
    {
        var (body, problem) = await JsonBody.ReadAsync(http, ContractsJson.Default.DeactivateRequest);
        problem ??= AppInput.Fault(body!);
        if (problem is not null)
        {
            return problem;
        }

        var visit = await door.EnterAsync(http, RateLimits.Verb.Deactivate, tenant, body!.Key!);
        if (visit.Refusal is not null)
        {
            return visit.Refusal;
        }

        var outcome = visit.Tenant is { } found
            ? await licensing.DeactivateAsync(found, body!.Key!, body.Product!, body.ActivationId!, http.RequestAborted)
            : new DeactivateOutcome.KeyNotFound();
        switch (outcome)
        {
            case DeactivateOutcome.Released released:
                return Results.Json(new DeactivateReply { Released = released.WasTaken }, ContractsJson.Default.DeactivateReply);
            case DeactivateOutcome.ActivationNotFound:
                return Problems.Of(404, Codes.ActivationNotFound, AppTexts.ReasonOf(Codes.ActivationNotFound));
            case DeactivateOutcome.TooOften often:
                return Problems.Of(429, new Problem
                {
                    Code = Codes.ReleaseLimitReached,
                    Detail = AppTexts.ReasonOf(Codes.ReleaseLimitReached),
                    NextReleaseAt = often.NextAt,
                });
            default:
                door.Penalize(http, RateLimits.Verb.Deactivate);
                return Problems.Of(404, Codes.KeyNotFound, AppTexts.ReasonOf(Codes.KeyNotFound));
        }
    }

    private static IResult ReplyOf(ActivateOutcome outcome, int? earlierStatus) => outcome switch
    {
        ActivateOutcome.Activated done => Results.Json(
            new ActivateReply
            {
                Created = earlierStatus is { } status ? status == 201 : done.Created,
                Revived = done.Revived ? true : null,
                Activation = new ActivationInfo { Id = done.Activation.Id, Name = done.Activation.Name, CreatedAt = done.Activation.CreatedAt },
                License = InfoOf(done.License),
                Lease = done.Lease,
            },
            ContractsJson.Default.ActivateReply,
            contentType: null,
            statusCode: earlierStatus ?? (done.Created ? 201 : 200)),
        ActivateOutcome.LimitReached full => Problems.Of(409, new Problem
        {
            Code = Codes.ActivationLimitReached,
            Detail = $"All {full.Limit} devices of this license are in use. Deactivate one of them, then try again.",
            Limit = full.Limit,
            Used = full.Used,
            Devices = [.. full.Devices.Select(d => new ProblemDevice { Name = d.Name, LastSeen = d.LastSeenAt })],
        }),
        ActivateOutcome.Refused refused => Problems.Of(403, refused.Code, AppTexts.ReasonOf(refused.Code)),
        _ => Problems.Of(404, Codes.KeyNotFound, AppTexts.ReasonOf(Codes.KeyNotFound)),
    };

    private static LicenseInfo InfoOf(LicenseView view) => new()
    {
        Id = view.License.Id,
        State = view.Standing.State.ToString().ToLowerInvariant(),
        Tier = view.License.Tier,
        Entitlements = view.Standing.IsUsable ? view.License.Entitlements : [],
        ExpiresAt = view.License.Terms.EndsAt,
        Limit = view.License.ActivationLimit,
        Used = view.Used,
    };
}
