using Latchkey.Licenses;
using Latchkey.Outbox;
using Latchkey.Subjects;

namespace Latchkey.Handlers;

/// <summary>From messages to what handlers are told.</summary>
internal sealed class HandlerEvents(ILicenseStore licenses, ISubjectStore subjects, TimeProvider time)
{
    public async Task<EntitlementsChanged?> EntitlementsAsync(OutboxMessage m, CancellationToken ct)
    {
        if (m.Subject is not { } subject)
        {
            return null;
        }

        var snapshot = await subjects.ReadAsync(m.Tenant, subject, ct);
        return new()
        {
            IdempotencyKey = OutboxIds.Of(m),
            Kind = m.Kind,
            At = m.At,
            Tenant = m.Tenant,
            Subject = subject,
            Version = snapshot.Version,
            Products = [.. Entitlements.Of(snapshot.Licenses, time.GetUtcNow()).Select(p => new ProductEntitlements(
                p.Product, p.Tier, p.Rank, p.Entitlements, p.State.ToString().ToLowerInvariant(), p.EndsAt))],
        };
    }

    /// <summary>Null when the license is no more.</summary>
    public async Task<LicenseEvent?> LicenseAsync(OutboxMessage m, CancellationToken ct)
    {
        if (m.License is not { } id || await licenses.FindAsync(m.Tenant, id, ct) is not { } license)
        {
            return null;
        }

        var isActivation = m.Kind is OutboxKinds.ActivationCreated or OutboxKinds.ActivationReleased;
        return new()
        {
            IdempotencyKey = OutboxIds.Of(m),
            Kind = m.Kind,
            At = m.At,
            Tenant = m.Tenant,
            Subject = license.Subject,
            License = id,
            Purchase = license.Purchase,
            Product = license.Product,
            KeyType = license.KeyType,
            Tier = license.Tier,
            Entitlements = license.Entitlements,
            Email = license.Email,
            IsTest = license.Test,
            Reason = isActivation ? null : m.Detail,
            Activation = isActivation ? m.Detail : null,
        };
    }

    public static PurchaseEvent? Purchase(OutboxMessage m) => m.Purchase is not { } purchase ? null : new()
    {
        IdempotencyKey = OutboxIds.Of(m),
        Kind = m.Kind,
        At = m.At,
        Tenant = m.Tenant,
        Subject = m.Subject,
        Purchase = purchase,
        Detail = m.Detail,
    };
}
