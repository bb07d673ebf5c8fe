namespace Latchkey.Simulator.Api;

/// <summary>A program registered with Gumroad.</summary>
/// <param name="Id">Names it among the simulator's applications.</param>
/// <param name="Name">Shown where access is granted.</param>
/// <param name="ClientId">Its public half.</param>
/// <param name="ClientSecret">Its secret half.</param>
/// <param name="RedirectUri">Where codes go; null allows any address, which Gumroad never does.</param>
internal sealed record OAuthApplication(string Id, string Name, string ClientId, string ClientSecret, string? RedirectUri)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => Name;
}
