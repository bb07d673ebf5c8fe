namespace Latchkey.Licenses;

/// <summary>A license as an app sees it.</summary>
/// <param name="Used">Slots taken.</param>
internal sealed record LicenseView(License License, Rights.Standing Standing, int Used);

/// <summary>A device as a buyer recognizes it: no ids, no hashes.</summary>
internal sealed record DeviceView(string? Name, DateTimeOffset LastSeenAt);

internal abstract record ActivateOutcome
{
    private ActivateOutcome()
    {
    }

    /// <param name="Created">A new slot was taken.</param>
    /// <param name="Revived">A released activation of this device came back under its old id.</param>
    public sealed record Activated(Activation Activation, bool Created, bool Revived, LicenseView License, string Lease) : ActivateOutcome;

    /// <summary>Unknown key, wrong product, bad check symbols: one answer.</summary>
    public sealed record NotFound : ActivateOutcome;

    /// <summary>The key is proven, so the true reason may be told.</summary>
    public sealed record Refused(string Code) : ActivateOutcome;

    public sealed record LimitReached(int Limit, int Used, IReadOnlyList<DeviceView> Devices) : ActivateOutcome;
}

/// <param name="Lease">Signed, when an activation was named; also when the answer is no.</param>
internal sealed record ValidateOutcome(bool Valid, string Code, LicenseView? License, string? Lease);

internal abstract record DeactivateOutcome
{
    private DeactivateOutcome()
    {
    }

    /// <param name="WasTaken">False when the slot was free already.</param>
    public sealed record Released(bool WasTaken) : DeactivateOutcome;

    public sealed record KeyNotFound : DeactivateOutcome;

    public sealed record ActivationNotFound : DeactivateOutcome;

    /// <summary>The allowance of releases is used up.</summary>
    public sealed record TooOften(DateTimeOffset NextAt) : DeactivateOutcome;
}
