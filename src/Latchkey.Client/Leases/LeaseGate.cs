using Latchkey.Contracts.Leases;

namespace Latchkey.Client;

/// <summary>
/// The checks a lease must pass before it may change anything, in their order. What passes is believed in either
/// direction; what does not is as if it had never come.
/// </summary>
internal static class LeaseGate
{
    public static LeaseVerdict Check(string? text, ILeaseKeys keys, LeaseExpectation expected)
    {
        var reading = LeaseToken.Read(text, keys);
        if (reading is not LeaseReading.Ok(var lease))
        {
            return new LeaseVerdict.Ignored(ClientCheck.Token, (reading as LeaseReading.Refused)?.Fault);
        }

        return Mismatch(text!, lease, expected) is { } check
            ? new LeaseVerdict.Ignored(check)
            : new LeaseVerdict.Accepted(lease);
    }

    private static ClientCheck? Mismatch(string text, LeaseClaims lease, LeaseExpectation expected) =>
        lease.Iss != expected.Issuer ? ClientCheck.Issuer
        : lease.Aud != expected.Product ? ClientCheck.Product
        : lease.Key != expected.KeyHash ? ClientCheck.Key
        : lease.Dev != expected.DeviceHash ? ClientCheck.Device
        : string.IsNullOrEmpty(lease.Act) || (expected.Activation is { } act && lease.Act != act) ? ClientCheck.Activation
        : expected.Nonce is { } nonce && lease.Non != nonce ? ClientCheck.Nonce
        : !Follows(text, lease, expected.Stored) ? ClientCheck.Sequence
        : lease.Iat > lease.Exp || lease.Exp > lease.Grc ? ClientCheck.Times
        : null;

    /// <summary>Numbers rise within one activation; another one has numbers of its own.</summary>
    private static bool Follows(string text, LeaseClaims lease, (string Text, LeaseClaims Claims)? stored) =>
        stored is not { } former
        || former.Claims.Act != lease.Act
        || lease.Seq > former.Claims.Seq
        || (lease.Seq == former.Claims.Seq && text == former.Text);
}
