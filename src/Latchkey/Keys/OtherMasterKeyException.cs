namespace Latchkey.Keys;

/// <summary>The store belongs to another master key than the one it was to be opened with.</summary>
internal sealed class OtherMasterKeyException() : InvalidOperationException(
    "The database was made with another master key. Use the master.key that belongs to it, in the data directory or as Latchkey:MasterKey. "
    + "Without it neither keys nor leases can be made.");
