namespace Latchkey.Purchases;

/// <summary>How the rows of a purchase are put right.</summary>
internal enum Mending
{
    /// <summary>There is nothing to do, or nothing that can be done.</summary>
    None,

    /// <summary>What was computed takes their place.</summary>
    Replace,

    /// <summary>They rest on no entry.</summary>
    Delete,

    /// <summary>It would be granted something new: that is for a fold to do, which notes the settings and tells of it.</summary>
    FoldAgain,
}
