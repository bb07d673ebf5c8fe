namespace Latchkey.Client;

/// <summary>What an app may do now.</summary>
public enum LicenseStatus
{
    /// <summary>No activation, or none whose lease can be believed.</summary>
    Unlicensed,

    /// <summary>Usable.</summary>
    Fresh,

    /// <summary>Usable, but the device should go online soon.</summary>
    Grace,

    /// <summary>Offline for too long: the next contact brings everything back.</summary>
    Lapsed,

    /// <summary>The server has said no, and signed it.</summary>
    Refused,
}
