namespace Latchkey.Simulator.Api;

/// <summary>A token, which never expires.</summary>
/// <param name="Value">What the caller sends.</param>
/// <param name="RefreshToken">What the caller can swap it for; null for client credentials.</param>
/// <param name="ApplicationId">Whose it is.</param>
/// <param name="Scopes">What it opens.</param>
/// <param name="IsSellers">Whether it acts for the seller; tokens from client credentials act for nobody.</param>
internal sealed record AccessToken(string Value, string? RefreshToken, string ApplicationId, IReadOnlyList<string> Scopes, bool IsSellers = true)
{
    /// <summary>Whether it opens what any of these scopes opens; <c>account</c> opens everything.</summary>
    public bool Has(params IEnumerable<string> scopes) => Scopes.Contains(Api.Scopes.Account) || scopes.Any(Scopes.Contains);

    /// <summary>Without the secret.</summary>
    public override string ToString() => $"a token for {string.Join(' ', Scopes)}";
}
