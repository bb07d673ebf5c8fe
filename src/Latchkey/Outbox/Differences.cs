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

        // What a message rests on is in its key, so that the same difference found twice is one message. Time, and what was said once
        // more, can make the same change again from the same facts, so the fold that it differs from belongs to that.
        var rests = string.Create(CultureInfo.InvariantCulture, $"{before.Purchase?.FoldedAt.ToUnixTimeMilliseconds()}|{after.Digest}");
        foreach (var license in licenses)
        {
            var earlier = before.Licenses.FirstOrDefault(l => l.Id == license.Id);
            if (license.Issued && earlier is not { Issued: true })
            {
                messages.Add(Message(after, license, OutboxKinds.LicenseIssued, $"{OutboxKinds.LicenseIssued}|{license.Id}", null, now));
            }
            else if (earlier is { Issued: true } && KindOf(earlier, license) is { } kind)
            {
                var cause = string.Create(CultureInfo.InvariantCulture, $"{kind}|{license.Id}|{rests}|{license.FoldedState}|{license.Generation}");
                messages.Add(Message(after, license, kind, cause, license.StandingAt(now).Reason, now));
            }
        }

        foreach (var (kind, cause, detail) in SubscriptionDifferences.Of(before, after, licenses, rests))
        {
            messages.Add(new(after.Tenant, $"{kind}|{after.Id}|{cause}", kind, null, after.Id, detail, now, Subject: after.Subject));
        }

        if (after.HeldFor is { } reason && EntryReasons.NeedsSeller(reason) && before.Purchase?.HeldFor != reason)
        {
            messages.Add(new(after.Tenant, $"{OutboxKinds.PurchaseHeld}|{after.Id}|{rests}|{reason}", OutboxKinds.PurchaseHeld, null, after.Id, reason, now));
        }

        return messages;
    }

    private static string? KindOf(License before, License after)
    {
        if (before.FoldedState != after.FoldedState)
        {
            return after.FoldedState switch
            {
                LicenseState.Active or LicenseState.Trial => IsUsable(before.FoldedState) ? OutboxKinds.LicenseUpdated : OutboxKinds.LicenseReinstated,
                LicenseState.Suspended or LicenseState.Pending => OutboxKinds.LicenseSuspended,
                LicenseState.Revoked => OutboxKinds.LicenseRevoked,
                _ => OutboxKinds.LicenseExpired,
            };
        }

        if (before.Generation != after.Generation)
        {
            return OutboxKinds.LicenseReissued;
        }

        return !AreSame(before.Terms.EndsAt, after.Terms.EndsAt)
            || !AreSame(before.PaidUntil, after.PaidUntil)
            || before.ActivationLimit != after.ActivationLimit
            || before.Tier != after.Tier
            || before.KeyType != after.KeyType
            || before.Subject != after.Subject
            || !before.Entitlements.SequenceEqual(after.Entitlements)
                ? OutboxKinds.LicenseUpdated
                : null;
    }

    /// <summary>The store keeps whole milliseconds.</summary>
    private static bool AreSame(DateTimeOffset? a, DateTimeOffset? b) => a?.ToUnixTimeMilliseconds() == b?.ToUnixTimeMilliseconds();

    private static bool IsUsable(LicenseState state) => state is LicenseState.Active or LicenseState.Trial;

    private static OutboxMessage Message(Purchase purchase, License license, string kind, string key, string? detail, DateTimeOffset now) =>
        new(purchase.Tenant, key, kind, license.Id, purchase.Id, detail, now, Subject: license.Subject);
}
