namespace Latchkey.Contracts.Leases;

/// <summary>What a reader knows of a key.</summary>
public enum LeaseKeyState
{
    /// <summary>Nothing: fetch the keyset once, then treat it as a temporary failure.</summary>
    Unknown,

    /// <summary>It may sign: next, current or old.</summary>
    Usable,

    /// <summary>It was stolen or lost: nothing it signed is believed.</summary>
    Withdrawn,
}
