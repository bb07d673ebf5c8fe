using System.Globalization;
using Latchkey.Inbox;
using Latchkey.Licenses;
using Latchkey.Purchases;
using Latchkey.Rights;

namespace Latchkey.Outbox;

/// <summary>What is worth telling about a fold: the differences between the rights before and after. Pure.</summary>
internal static class Differences
{
    public static IReadOnlyList<OutboxMessage> Of(PurchaseBefore before, Purchase after, IReadOnlyList<License> licenses, DateTimeOffset now)
    {
        var messages = new List<OutboxMessage>();
        foreach (var license in licenses)
        {
            var earlier = before.Licenses.FirstOrDefault(l => l.Id == license.Id);
            if (license.Issued && earlier is not { Issued: true })
            {
                messages.Add(Message(after, license, OutboxKinds.LicenseIssued, $"{OutboxKinds.LicenseIssued}|{license.Id}", null, now));
            }
            else if (earlier is { Issued: true } && KindOf(earlier, license) is { } kind)
            {
                // What the message rests on is in its key, so that the same difference found twice is one message.
                var cause = string.Create(CultureInfo.InvariantCulture, $"{kind}|{license.Id}|{after.Digest}|{license.FoldedState}|{license.Generation}");
                messages.Add(Message(after, license, kind, cause, license.StandingAt(now).Reason, now));
            }
        }

        if (after.HeldFor is { } reason && EntryReasons.NeedsSeller(reason) && before.Purchase?.HeldFor != reason)
        {
            messages.Add(new(after.Tenant, $"{OutboxKinds.PurchaseHeld}|{after.Id}|{reason}", OutboxKinds.PurchaseHeld, null, after.Id, reason, now));
        }

        return messages;
    }

    private static string? KindOf(License before, License after)
    {
        if (before.FoldedState != after.FoldedState)
        {
            return after.FoldedState switch
            {
                LicenseState.Active or LicenseState.Trial => OutboxKinds.LicenseReinstated,
                LicenseState.Suspended or LicenseState.Pending => OutboxKinds.LicenseSuspended,
                LicenseState.Revoked => OutboxKinds.LicenseRevoked,
                _ => OutboxKinds.LicenseExpired,
            };
        }

        if (before.Generation != after.Generation)
        {
            return OutboxKinds.LicenseReissued;
        }

        return before.Terms.EndsAt != after.Terms.EndsAt
            || before.PaidUntil != after.PaidUntil
            || before.ActivationLimit != after.ActivationLimit
            || before.Tier != after.Tier
            || !before.Entitlements.SequenceEqual(after.Entitlements)
                ? OutboxKinds.LicenseUpdated
                : null;
    }

    private static OutboxMessage Message(Purchase purchase, License license, string kind, string key, string? detail, DateTimeOffset now) =>
        new(purchase.Tenant, key, kind, license.Id, purchase.Id, detail, now);
}
