using Latchkey.Contracts;
using Latchkey.Contracts.Leases;
using Latchkey.Leases;
using Latchkey.Rights;
using Latchkey.Tenants;

namespace Latchkey.Licenses;

/// <summary>What apps ask: activate, validate, deactivate. The license key is the credential.</summary>
internal sealed class Licensing(ILicenseStore licenses, KeyFinder keys, OutboxSignal outbox, TimeProvider time)
{
    private const int DevicesShown = 20;

    public async Task<ActivateOutcome> ActivateAsync(TenantContext tenant, string key, string product, Device device, string? nonce, CancellationToken ct)
    {
        if (await keys.FindAsync(tenant, product, key, ct) is not { } found)
        {
            return new ActivateOutcome.NotFound();
        }

        if (found.Reissued)
        {
            return new ActivateOutcome.Refused(Codes.Reissued);
        }

        var now = time.GetUtcNow();
        var verdict = await licenses.DecideAsync(tenant.Id, found.License.Id, device.Hash, null, now, slots => SlotRules.Activate(slots, device, found.License.Generation, now), ct);
        if (verdict.Result is SlotResult.Created or SlotResult.Revived)
        {
            outbox.Poke();
        }

        return verdict switch
        {
            { Result: SlotResult.Gone } => new ActivateOutcome.NotFound(),
            { Result: SlotResult.Reissued } => new ActivateOutcome.Refused(Codes.Reissued),
            { Result: SlotResult.Refused, Standing: { } standing } => new ActivateOutcome.Refused(standing.Reason!),
            { Result: SlotResult.Full, License: { } full } => new ActivateOutcome.LimitReached(
                full.ActivationLimit!.Value, verdict.Used, await DevicesAsync(full, ct)),
            { License: { } license, Standing: { } standing, Activation: { } activation } => new ActivateOutcome.Activated(
                activation,
                verdict.Result == SlotResult.Created,
                verdict.Result == SlotResult.Revived,
                new LicenseView(license, standing, verdict.Used),
                LeaseIssuer.Issue(tenant, license, standing, new(activation.Id, found.KeyHash, device.Hash, nonce), activation.Seq, now)),
            _ => throw new InvalidOperationException(verdict.Result.ToString()),
        };
    }

    /// <param name="activationId">Null asks about the key only; no lease is returned then.</param>
    /// <param name="entitlement">A code that is demanded besides; null demands none.</param>
    public async Task<ValidateOutcome> ValidateAsync(
        TenantContext tenant, string key, string product, string? activationId, string? deviceHash, string? nonce, string? entitlement, CancellationToken ct)
    {
        if (await keys.FindAsync(tenant, product, key, ct) is not { } found)
        {
            return new(false, Codes.KeyNotFound, null, null);
        }

        var now = time.GetUtcNow();
        if (activationId is null || deviceHash is null)
        {
            var used = (await licenses.LiveCountsAsync(tenant.Id, [found.License.Id], ct)).GetValueOrDefault(found.License.Id);
            var view = new LicenseView(found.License, StandingOf(found, now), used);
            var code = CodeOf(view, entitlement);
            return new(IsYes(code), code, view, null);
        }

        var verdict = await licenses.DecideAsync(
            tenant.Id, found.License.Id, deviceHash, activationId, now, slots => SlotRules.Validate(slots, deviceHash, now), ct);
        var license = verdict.License ?? found.License;
        var standing = StandingOf(found with { License = license, Reissued = found.Reissued || license.Generation != found.License.Generation }, now);
        var question = new LeaseQuestion(activationId, found.KeyHash, deviceHash, nonce);
        var answer = new LicenseView(license, standing, verdict.Used);

        // An unknown activation and one of another device have no sequence of their own: the clock gives it.
        var (released, seq) = verdict switch
        {
            { Activation: null } => (Codes.ActivationNotFound, SlotRules.NextSeq(0, now)),
            { Result: SlotResult.Gone } => (Codes.DeviceMismatch, SlotRules.NextSeq(0, now)),
            { Activation: { IsLive: false } free } => (Codes.ActivationReleased, free.Seq),
            _ => (null, verdict.Activation!.Seq),
        };
        if (released is not null)
        {
            var refusal = new Standing(LicenseState.Ended, LeaseStates.Released, released);
            return new(false, released, answer, LeaseIssuer.Issue(tenant, license, refusal, question, seq, now));
        }

        var verdictCode = CodeOf(answer, entitlement);
        return new(IsYes(verdictCode), verdictCode, answer, LeaseIssuer.Issue(tenant, license, standing, question, seq, now));
    }

    public async Task<DeactivateOutcome> DeactivateAsync(TenantContext tenant, string key, string product, string activationId, CancellationToken ct)
    {
        if (await keys.FindAsync(tenant, product, key, ct) is not { } found)
        {
            return new DeactivateOutcome.KeyNotFound();
        }

        return await ReleaseAsync(tenant, found.License.Id, activationId, bySeller: false, ct);
    }

    public async Task<DeactivateOutcome> ReleaseAsync(TenantContext tenant, string license, string activationId, bool bySeller, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var outcome = await licenses.DecideAsync(tenant.Id, license, null, activationId, now, slots => SlotRules.Release(slots, now, bySeller), ct);
        if (outcome is DeactivateOutcome.Released { WasTaken: true })
        {
            outbox.Poke();
        }

        return outcome;
    }

    private static Standing StandingOf(FoundLicense found, DateTimeOffset now) =>
        found.Reissued ? new Standing(LicenseState.Revoked, LeaseStates.Revoked, Codes.Reissued) : found.License.StandingAt(now);

    private static bool IsYes(string code) => code is Codes.Ok or Codes.Grace;

    private static string CodeOf(LicenseView view, string? entitlement) =>
        view.Standing.Reason
        ?? (entitlement is not null && !view.License.Entitlements.Contains(entitlement, StringComparer.Ordinal) ? Codes.EntitlementMissing
            : view.Standing.InGrace ? Codes.Grace
            : Codes.Ok);

    private async Task<IReadOnlyList<DeviceView>> DevicesAsync(License license, CancellationToken ct) =>
        [.. (await licenses.ActivationsAsync(license.Tenant, license.Id, liveOnly: true, null, DevicesShown, ct)).Select(a => new DeviceView(a.Name, a.LastSeenAt))];
}
