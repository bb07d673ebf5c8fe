using Latchkey.Contracts.Leases;

namespace Latchkey.Client;

/// <summary>The state at one moment: what is stored, and what of it can be believed.</summary>
internal sealed record Held(StoredState Stored, LeaseClaims? Lease, KeysetClaims? Keyset)
{
    private static readonly KeysetClaims NoKeys = new() { Iss = "", Seq = 0, Iat = 0, Exp = 0, Keys = [] };

    public ILeaseKeys Keys => Keyset ?? NoKeys;

    /// <summary>Reads a stored state. What does not verify any more, as after a key was withdrawn, counts as not there.</summary>
    public static Held Of(StoredState stored, ClientIdentity identity)
    {
        var keyset = stored.Keyset is not null
            && KeysetToken.Read(stored.Keyset, identity.Roots) is KeysetReading.Ok(var claims)
            && claims.Iss == identity.Issuer ? claims : null;
        var held = new Held(stored, null, keyset);
        if (stored is not { Key: { } key, ActivationId: { } activation, Lease: { } lease })
        {
            return held;
        }

        var verdict = LeaseGate.Check(lease, held.Keys, identity.Expect(key) with { Activation = activation });
        return held with { Lease = (verdict as LeaseVerdict.Accepted)?.Claims };
    }

    /// <summary>What this gives at an effective time in Unix seconds.</summary>
    public LicenseState At(long time)
    {
        const int tolerance = 300;
        if (Lease is null)
        {
            return new();
        }

        var status = !LeaseStates.IsUsable(Lease.St) ? LicenseStatus.Refused
            : time <= Lease.Exp + tolerance ? LicenseStatus.Fresh
            : time <= Lease.Grc + tolerance ? LicenseStatus.Grace
            : LicenseStatus.Lapsed;
        var state = new LicenseState { Status = status, Reason = Lease.Rsn, EndsAt = PaidUntil(Lease), Test = Lease.Test };
        return state.IsUsable ? state with { Tier = Lease.Tier, Rank = Lease.Rank, Entitlements = Lease.Ent } : state;
    }

    /// <summary>For showing only, so a time that no calendar has is no reason to fail.</summary>
    private static DateTimeOffset? PaidUntil(LeaseClaims lease) =>
        lease.Pxp is >= 0 and <= 253402300799 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
