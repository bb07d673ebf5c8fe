using Latchkey.Keys;
using Latchkey.Outbox;

namespace Latchkey.Licenses;

/// <summary>What a device tells about itself. Over-long texts are cut, never refused.</summary>
internal sealed record Device(string Hash, string? Name, string? Platform, string? AppVersion)
{
    private const int LongestName = 64;

    public static Device Of(string hash, string? name, string? platform, string? appVersion) =>
        new(hash, Cut(name), Cut(platform), Cut(appVersion));

    private static string? Cut(string? text)
    {
        text = text?.Trim();
        return text is { Length: > LongestName } ? text[..LongestName] : text is { Length: 0 } ? null : text;
    }
}

/// <summary>How an activation attempt was decided, before anything is signed.</summary>
internal enum SlotResult
{
    Gone,

    /// <summary>The key was replaced while the request was on its way.</summary>
    Reissued,
    Refused,
    Kept,
    Revived,
    Created,
    Full,
}

internal sealed record SlotVerdict(SlotResult Result, License? License, Rights.Standing? Standing, Activation? Activation, int Used);

/// <summary>The rules of slots, decided under the license's lock. Pure.</summary>
internal static class SlotRules
{
    private static readonly TimeSpan SeenAtMostEvery = TimeSpan.FromHours(1);
    private const int LeastReleases = 3;

    public static TimeSpan ReleaseWindow { get; } = TimeSpan.FromDays(30);

    /// <param name="generation">The license's, when its key was looked up: a reissue since then has retired that key.</param>
    public static SlotDecision<SlotVerdict> Activate(Slots slots, Device device, int generation, DateTimeOffset now)
    {
        if (slots.License is not { } license)
        {
            return new(new(SlotResult.Gone, null, null, null, slots.Live));
        }

        if (license.Generation != generation)
        {
            return new(new(SlotResult.Reissued, license, null, null, slots.Live));
        }

        var standing = license.StandingAt(now);
        if (!standing.IsUsable)
        {
            return new(new(SlotResult.Refused, license, standing, null, slots.Live));
        }

        if (slots.ByDevice is { IsLive: true } live)
        {
            var kept = Seen(live, device, now);
            return new(new(SlotResult.Kept, license, standing, kept, slots.Live), kept);
        }

        if (license.ActivationLimit is { } limit && slots.Live >= limit)
        {
            return new(new(SlotResult.Full, license, standing, null, slots.Live));
        }

        if (slots.ByDevice is { } released)
        {
            var revived = Seen(released with { ReleasedAt = null }, device, now);
            return new(
                new(SlotResult.Revived, license, standing, revived, slots.Live + 1), revived, Message(license, revived, OutboxKinds.ActivationCreated, now));
        }

        var created = new Activation(
            license.Tenant, license.Id, Ids.New("act_", now), device.Hash, device.Name, device.Platform, device.AppVersion, now, now, null, NextSeq(0, now));
        return new(
            new(SlotResult.Created, license, standing, created, slots.Live + 1), created, Message(license, created, OutboxKinds.ActivationCreated, now));
    }

    /// <summary>Gives the activation's next lease its number. Sight is recorded at most once an hour.</summary>
    public static SlotDecision<SlotVerdict> Validate(Slots slots, string deviceHash, DateTimeOffset now)
    {
        var standing = slots.License?.StandingAt(now);
        if (slots.ById is not { } activation || activation.DeviceHash != deviceHash)
        {
            return new(new(SlotResult.Gone, slots.License, standing, slots.ById, slots.Live));
        }

        var changed = activation with
        {
            Seq = NextSeq(activation.Seq, now),
            LastSeenAt = now - activation.LastSeenAt >= SeenAtMostEvery ? now : activation.LastSeenAt,
        };
        return new(new(SlotResult.Kept, slots.License, standing, changed, slots.Live), changed);
    }

    /// <param name="bySeller">The seller is never limited.</param>
    public static SlotDecision<DeactivateOutcome> Release(Slots slots, DateTimeOffset now, bool bySeller)
    {
        if (slots.ById is not { } activation)
        {
            return new(new DeactivateOutcome.ActivationNotFound());
        }

        if (!activation.IsLive)
        {
            return new(new DeactivateOutcome.Released(WasTaken: false));
        }

        var allowed = Math.Max(LeastReleases, slots.License?.ActivationLimit ?? int.MaxValue);
        if (!bySeller && slots.ReleasesSince.Count >= allowed)
        {
            return new(new DeactivateOutcome.TooOften(slots.ReleasesSince.Order().ElementAt(slots.ReleasesSince.Count - allowed) + ReleaseWindow));
        }

        return new(
            new DeactivateOutcome.Released(WasTaken: true),
            activation with { ReleasedAt = now },
            slots.License is { } license ? Message(license, activation, OutboxKinds.ActivationReleased, now) : null,
            CountsAsRelease: !bySeller);
    }

    /// <summary>Rises with every lease: neither a restored backup nor a slow clock makes it fall.</summary>
    public static long NextSeq(long last, DateTimeOffset now) => Math.Max(last + 1, now.ToUnixTimeMilliseconds());

    private static Activation Seen(Activation activation, Device device, DateTimeOffset now) => activation with
    {
        Name = device.Name ?? activation.Name,
        Platform = device.Platform ?? activation.Platform,
        AppVersion = device.AppVersion ?? activation.AppVersion,
        LastSeenAt = now,
        Seq = NextSeq(activation.Seq, now),
    };

    private static OutboxMessage Message(License license, Activation activation, string kind, DateTimeOffset now) =>
        new(license.Tenant, $"{kind}|{activation.Id}|{now.ToUnixTimeMilliseconds()}", kind, license.Id, license.Purchase, activation.Id, now);
}
