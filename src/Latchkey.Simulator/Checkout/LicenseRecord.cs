namespace Latchkey.Simulator.Checkout;

/// <summary>A license key at Gumroad and what its API keeps about it, changed under the ledger's lock only.</summary>
internal sealed class LicenseRecord(string id, string key)
{
    /// <summary>The API's <c>license_id</c>.</summary>
    public string Id { get; } = id;

    public string Key { get; set; } = key;

    public int Uses { get; set; }

    public bool Disabled { get; set; }

    /// <summary>The seller took the buyer's access away, which comes before everything else.</summary>
    public bool AccessRevoked { get; set; }
}
