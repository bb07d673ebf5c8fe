namespace Latchkey.Client;

/// <summary>The check that something failed, in the order in which leases are checked.</summary>
public enum ClientCheck
{
    /// <summary>The lease's form, key, signature, version or claims; or its signing key is unknown or withdrawn.</summary>
    Token,

    /// <summary>Another issuer.</summary>
    Issuer,

    /// <summary>Another product.</summary>
    Product,

    /// <summary>Another license key.</summary>
    Key,

    /// <summary>Another device.</summary>
    Device,

    /// <summary>Another activation.</summary>
    Activation,

    /// <summary>Not the nonce that was sent: an old reply.</summary>
    Nonce,

    /// <summary>Not newer than what is stored.</summary>
    Sequence,

    /// <summary>Times that contradict each other.</summary>
    Times,

    /// <summary>The keyset: no root vouches for it, it is another issuer's, or an older one.</summary>
    Keyset,

    /// <summary>The storage could not be read or written.</summary>
    Storage,
}
