namespace Latchkey.Contracts.Leases;

/// <summary>Where a signing key stands in its life.</summary>
public static class JwkStatus
{
    /// <summary>Published, not yet signing.</summary>
    public const string Next = "next";

    /// <summary>The one that signs.</summary>
    public const string Current = "current";

    /// <summary>No longer signing; its leases still count.</summary>
    public const string Old = "old";

    /// <summary>Stolen or lost; its leases no longer count.</summary>
    public const string Withdrawn = "withdrawn";
}
