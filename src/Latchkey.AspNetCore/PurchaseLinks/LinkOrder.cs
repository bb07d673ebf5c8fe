using Latchkey.PurchaseLinks;

namespace Latchkey.AspNetCore.PurchaseLinks;

/// <summary>A link as it is asked for, found in order.</summary>
/// <param name="Data">JSON, at most <see cref="LinkData.MaxBytes"/>; null for none.</param>
/// <param name="Life">From <see cref="ShortestLife"/> to <see cref="LongestLife"/>.</param>
internal sealed record LinkOrder(LinkStrength Strength, LinkTerms Terms, byte[]? Data, string? Subject, string? ReturnUrl, TimeSpan Life)
{
    public static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(90);
    public static readonly TimeSpan UsualLife = TimeSpan.FromHours(1);
}

/// <summary>What became of it.</summary>
internal abstract record LinkCreated
{
    private LinkCreated()
    {
    }

    /// <summary>It can be opened.</summary>
    public sealed record Open(PurchaseLink Link) : LinkCreated;

    /// <summary>Gumroad did not give what it needs.</summary>
    /// <param name="Code">One of the codes of Gumroad's side.</param>
    /// <param name="Sentence">For the seller.</param>
    public sealed record Failed(string Code, string Sentence) : LinkCreated;
}
