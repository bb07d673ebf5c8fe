using System.Security.Cryptography;
using Latchkey.Tenants;

namespace Latchkey.Keys;

/// <summary>What all tenants of this installation share: the master key and the lookup secret.</summary>
internal sealed class Installation
{
    private const string LookupPurpose = "installation:lookup";
    private MasterKey? _master;
    private KeyLookup? _lookup;

    public MasterKey MasterKey => _master ?? throw NotOpen();

    public KeyLookup KeyLookup => _lookup ?? throw NotOpen();

    /// <summary>Opens the store with its master key, or prepares an empty store for it.</summary>
    /// <exception cref="OtherMasterKeyException">The store belongs to another master key.</exception>
    public async Task OpenAsync(MasterKey master, IInstallationStore store, CancellationToken ct)
    {
        // Another node may prepare the same empty store at this moment: what holds is the row that stands afterwards.
        var row = await store.FindAsync(ct)
            ?? await store.AddAsync(new InstallationRow(master.Fingerprint, master.Wrap(RandomNumberGenerator.GetBytes(32), LookupPurpose)), ct);
        if (!CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(row.MasterKeyFingerprint), System.Text.Encoding.UTF8.GetBytes(master.Fingerprint)))
        {
            throw new OtherMasterKeyException();
        }

        _lookup = new KeyLookup(master.Unwrap(row.LookupSecret, LookupPurpose));
        _master = master;
    }

    private static InvalidOperationException NotOpen() => new("The installation has not been opened with its master key yet.");
}
