namespace Latchkey.Contracts.Leases;

/// <summary>Why a signed token was refused: the first check that failed.</summary>
public enum LeaseFault
{
    /// <summary>Longer than 8 KiB.</summary>
    TooLong,

    /// <summary>Not three parts of strict base64url, or a signature that is not 64 bytes.</summary>
    Malformed,

    /// <summary>The header is not exactly <c>alg</c> EdDSA, <c>kid</c> and the <c>typ</c> wanted.</summary>
    Header,

    /// <summary>No key of that name is known.</summary>
    UnknownKey,

    /// <summary>The key was withdrawn.</summary>
    WithdrawnKey,

    /// <summary>The signature is not of these bytes by that key.</summary>
    Signature,

    /// <summary>The claims have a version this reader does not know.</summary>
    Version,

    /// <summary>A claim is missing, given twice, or of the wrong kind.</summary>
    Claims,
}
